package io.countersign.acceptance;

import static io.countersign.acceptance.Status.NO_DATA;
import static io.countersign.acceptance.Status.REQUIRES_CONFIRMATION;
import static io.countersign.acceptance.Status.SUBSCRIBED;
import static io.countersign.acceptance.Status.UNSUBSCRIBED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The tree of subscriptions as double opt-in sees it (TR1 to TR11), and tickets, over HTTP. */
class DoubleOptInTest {
    private static final List<Status> STRENGTH = List.of(SUBSCRIBED, REQUIRES_CONFIRMATION, UNSUBSCRIBED, NO_DATA);
    private static final Pattern TICKET = Pattern.compile("direct-crm-ticket=([A-Za-z0-9_-]+)");

    @RegisterExtension
    static final Shop SHOP = new Shop();

    static Stream<Arguments> everyStart() {
        return OptInOperationsTest.everyStart();
    }

    /** "The ticket only subscribes customers whose subscription status is Requires confirmation." */
    @ParameterizedTest(name = "{displayName} {0} {1}")
    @MethodSource("everyStart")
    void aTicket_subscribesWhoRequiresConfirmationOnly_andOnlyWhileOptInIsOn(OptIn optIn, Status start)
            throws Exception {
        var person = Subscriber.with(SHOP, optIn, start);
        person.calling("SendLink", person.body());
        var ticket = TICKET.matcher(Mailbox.text(SHOP.sink().awaitMailsTo(person.email(), 1, Await.PATIENCE)
                .getFirst()));
        assertThat(ticket.find()).isTrue();
        var answer = SHOP.api().send(SHOP.api().request("/tickets").header("Origin", "http://localhost:9000")
                .header("Content-Type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"endpointId\":\"" + optIn.point.slug
                        + "\",\"ticket\":\"" + ticket.group(1) + "\"}")));
        assertThat(answer.json().path("status").asString()).as(answer.text()).isEqualTo("confirmed");
        boolean confirms = optIn == OptIn.ON && start == REQUIRES_CONFIRMATION;
        assertThat(person.status()).isEqualTo(confirms ? SUBSCRIBED : start);
        assertThat(Held.in(person.document(), Kind.EMAIL)).isEqualTo(Held.confirmed(person.email()));
    }

    /** TR2, TR3, TR10: a subscribe of the whole brand reaches the channels, with what their switches say. */
    @ParameterizedTest(name = "{displayName} {0}")
    @EnumSource
    void aBrandThatIsSubscribedTo_givesItsChannelsAnImplicitStatus(OptIn optIn) throws Exception {
        var person = Subscriber.with(SHOP, optIn, NO_DATA);
        person.calling("Append", person.body().subscription("brand", optIn.brand));
        Status gated = optIn == OptIn.ON ? REQUIRES_CONFIRMATION : SUBSCRIBED;
        assertThat(person.status(null, null)).isEqualTo(SUBSCRIBED);
        assertThat(person.status("email", null)).isEqualTo(gated);
        assertThat(person.status("email", "news")).isEqualTo(gated);
        assertThat(person.status("viber", null)).isEqualTo(SUBSCRIBED);
        assertThat(person.isExplicit("email", null)).isFalse();
        assertThat(person.changes()).containsExactly("brand: no_data -> subscribed");
    }

    @Test
    void aChannelThatIsSubscribedTo_leavesTheBrandAtNoData() throws Exception {
        var person = Subscriber.with(SHOP, OptIn.ON, SUBSCRIBED);
        assertThat(person.status(null, null)).isEqualTo(NO_DATA);
        assertThat(person.status("sms", null)).isEqualTo(NO_DATA);
        assertThat(person.status("email", "news")).isEqualTo(SUBSCRIBED);
    }

    /** TR4: an operation makes the channel explicit, and all topics follow it. */
    @Test
    void anOperation_takesAwayWhatTopicsHadOfTheirOwn() throws Exception {
        var person = Subscriber.with(SHOP, OptIn.ON, UNSUBSCRIBED).byHand("email", "news", SUBSCRIBED);
        person.subscribing("Append");
        assertThat(person.status("email", "news")).isEqualTo(REQUIRES_CONFIRMATION);
        assertThat(person.isExplicit("email", "news")).isFalse();
    }

    /** The exception of TR4: with opt-in off, a channel that is explicitly Subscribed stays with all its topics. */
    @Test
    void anOperationOnASubscribedChannelWithOptInOff_changesNothingAtAll() throws Exception {
        var person = Subscriber.with(SHOP, OptIn.OFF, SUBSCRIBED).byHand("email", "news", UNSUBSCRIBED);
        List<String> before = person.changes();
        person.subscribing("Append");
        assertThat(person.status("email", "news")).isEqualTo(UNSUBSCRIBED);
        assertThat(person.changes()).isEqualTo(before);
    }

    /** TR6: a manual change of the channel keeps topics that have a value of their own. */
    @ParameterizedTest(name = "{displayName} {0}")
    @EnumSource
    void aManualChangeOfTheChannel_keepsExplicitTopics(OptIn optIn) throws Exception {
        var person = Subscriber.with(SHOP, optIn, SUBSCRIBED).byHand("email", "news", UNSUBSCRIBED)
                .byHand("email", null, REQUIRES_CONFIRMATION);
        assertThat(person.status("email", "news")).isEqualTo(UNSUBSCRIBED);
    }

    /** TR9, DM9: the first change of a topic comes from No data in the history, though it had inherited a status. */
    @Test
    void theFirstChangeOfATopic_comesFromNoDataInTheHistory() throws Exception {
        var person = Subscriber.with(SHOP, OptIn.ON, SUBSCRIBED).byHand("email", "news", UNSUBSCRIBED);
        assertThat(person.changes()).containsExactly("email: no_data -> subscribed",
                "email/news: no_data -> unsubscribed");
    }

    @ParameterizedTest(name = "{displayName} {0}")
    @EnumSource
    void anOperationAboutATopic_movesTheTopicAlone(OptIn optIn) throws Exception {
        var person = Subscriber.with(SHOP, optIn, UNSUBSCRIBED);
        person.calling("Append", person.body().subscription("pointOfContact", "Email", "topic", "news"));
        assertThat(person.status("email", "news"))
                .isEqualTo(optIn == OptIn.ON ? REQUIRES_CONFIRMATION : SUBSCRIBED);
        assertThat(person.status()).isEqualTo(UNSUBSCRIBED);
    }

    /** TR11: what has no value of its own follows the brand, and what has one keeps it. */
    @Test
    void aBrandThatIsLeftByHand_takesAlongWhatIsImplicit() throws Exception {
        var person = Subscriber.with(SHOP, OptIn.ON, SUBSCRIBED).byHand(null, null, UNSUBSCRIBED);
        assertThat(person.status("sms", null)).isEqualTo(UNSUBSCRIBED);
        assertThat(person.status("email", null)).isEqualTo(SUBSCRIBED);
    }

    /** OFF2's counterpart: each channel has its own switch. */
    @Test
    void theSwitchOfOneChannel_isNotThatOfAnother() throws Exception {
        var person = Subscriber.with(SHOP, OptIn.ON, NO_DATA);
        person.calling("Append", person.body().subscription("pointOfContact", "Viber"));
        assertThat(person.status("viber", null)).isEqualTo(SUBSCRIBED);
        assertThat(person.status("email", null)).isEqualTo(NO_DATA);
    }

    /** Table 3.1, merge: Subscribed over Requires confirmation over Unsubscribed over No data, node by node. */
    @ParameterizedTest(name = "{displayName} {0} {1}")
    @MethodSource("everyStart")
    void ofTwoWhoAreMerged_theStrongerStatusStays_atEachNode(OptIn optIn, Status kept) throws Exception {
        for (Status brought : Status.values()) {
            var survivor = Subscriber.with(SHOP, optIn, kept);
            var other = Subscriber.with(SHOP, optIn, brought).byHand("email", "news", UNSUBSCRIBED);
            SHOP.at(optIn.point).call("Merge", Body.merging(survivor.crmId(), other.crmId()));
            var both = survivor.isKnown() ? survivor : other;
            assertThat(both.status()).as("%s and %s", kept, brought).isEqualTo(stronger(kept, brought));
            assertThat(both.status("email", "news")).as("its own value, over what is inherited")
                    .isEqualTo(UNSUBSCRIBED);
        }
    }

    private static Status stronger(Status one, Status other) {
        return STRENGTH.indexOf(one) < STRENGTH.indexOf(other) ? one : other;
    }
}
