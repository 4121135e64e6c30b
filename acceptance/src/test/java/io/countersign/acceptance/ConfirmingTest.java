package io.countersign.acceptance;

import static io.countersign.acceptance.OperationSetUp.Point.PARTNER;
import static io.countersign.acceptance.OperationSetUp.Point.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The ways to prove a contact without a code: by the company's word, and by a ticket (CF1, CF7-CF11). */
class ConfirmingTest {
    private static final String EACH = "{displayName} {0}";
    private static final String SITE = "http://localhost:9000";
    private static final Pattern TICKET = Pattern.compile("direct-crm-ticket=([A-Za-z0-9_-]+)");

    @RegisterExtension
    static final Shop SHOP = new Shop();

    @ParameterizedTest(name = EACH)
    @EnumSource
    void pendingContactConfirmed_isConfirmedAndInTheHistory(Kind kind) throws Exception {
        String value = kind.fresh();
        var person = SHOP.stranger().withConfirmed(kind, value);
        JsonNode last = person.lastChange();
        assertThat(last.path("change").asString()).isEqualTo("confirmed");
        assertThat(last.path("before").asString()).isEqualTo("pending");
        assertThat(last.path("after").asString()).isEqualTo("confirmed");
        assertThat(last.path("integration").asString()).isEqualTo("website");
        assertThat(last.path("source").asString()).startsWith("operation:confirm-");
    }

    @ParameterizedTest(name = EACH)
    @EnumSource
    void noDataContactConfirmed_isConfirmed(Kind kind) throws Exception {
        String value = kind.fresh();
        SHOP.stranger().withNoData(kind, value).confirming(kind, value).expecting(kind, Held.confirmed(value));
    }

    @ParameterizedTest(name = EACH)
    @EnumSource
    void nonPrimaryContactConfirmed_takesThePlaceOfThePrimary(Kind kind) throws Exception {
        String old = kind.fresh();
        String next = kind.fresh();
        var person = SHOP.stranger().withChange(kind, old, next).confirming(kind, next);
        assertThat(person.held(kind)).isEqualTo(Held.confirmed(next));
        assertThat(person.lastChange().path("detail").path("dropped").asString()).isEqualTo(old);
        assertThat(SHOP.api().holders(kind, old)).isZero();
    }

    @ParameterizedTest(name = EACH)
    @EnumSource
    void aContactNoLongerHeldConfirmed_changesNothing(Kind kind) throws Exception {
        String old = kind.fresh();
        String next = kind.fresh();
        SHOP.stranger().withPending(kind, old).bringing(WEBSITE, Way.EDIT, kind, next)
                .confirming(kind, old).expecting(kind, Held.pending(next));
    }

    /** CT2: what the answer says of a number. */
    @Test
    void mobileConfirmedByTheCompany_answersWhatItWas() throws Exception {
        String number = Kind.MOBILE.fresh();
        var person = SHOP.stranger().withPending(Kind.MOBILE, number);
        assertThat(said(person, number)).isEqualTo("MobilePhoneConfirmed");
        assertThat(said(person, number)).isEqualTo("MobilePhoneAlreadyConfirmed");
        assertThat(said(SHOP.stranger(), Kind.MOBILE.fresh())).isEqualTo("NotFound");
        person.expecting(Kind.MOBILE, Held.confirmed(number));
    }

    /** The caller may say when it was; never later than now. */
    @Test
    void mobileConfirmedInThePast_keepsThatTime() throws Exception {
        String number = Kind.MOBILE.fresh();
        var person = SHOP.stranger().withPending(Kind.MOBILE, number);
        person.calling("ConfirmPhoneHere", person.body().with(Kind.MOBILE, number)
                .top("executionDateTimeUtc", "2026-01-02T03:04:05Z"));
        var contact = person.expecting(Kind.MOBILE, Held.confirmed(number)).document().path("contacts").get(0);
        assertThat(Instant.parse(contact.path("verified_at").asString())).isEqualTo("2026-01-02T03:04:05Z");
    }

    /** The proof is of the contact; the subscription awaits its own. */
    @Test
    void emailConfirmedByTheCompany_leavesTheSubscription() throws Exception {
        String address = Kind.EMAIL.fresh();
        var person = SHOP.stranger();
        SHOP.at(WEBSITE).call("Register", person.body().with(Kind.EMAIL, address).subscribing("Email"));
        person.confirming(Kind.EMAIL, address).expecting(Kind.EMAIL, Held.confirmed(address));
        assertThat(person.subscription("email")).isEqualTo("requires_confirmation");
    }

    @Test
    void ticketPosted_confirmsTheContactAndTheSubscriptionThatAwaitsIt() throws Exception {
        String address = Kind.EMAIL.fresh();
        var person = SHOP.stranger();
        SHOP.at(WEBSITE).call("Register", person.body().with(Kind.EMAIL, address).subscribing("Email"));
        String ticket = ticket(person, "SendLink", address);
        person.expecting(Kind.EMAIL, Held.pending(address));

        var answer = post(ticket, SITE);
        assertThat(answer.json().path("status").asString()).as(answer.text()).isEqualTo("confirmed");
        assertThat(answer.json().path("subscription").asString()).isEqualTo("confirmed");
        person.expecting(Kind.EMAIL, Held.confirmed(address));
        assertThat(person.subscription("email")).isEqualTo("subscribed");

        assertThat(post(ticket, SITE).json().path("status").asString()).isEqualTo("already_confirmed");
    }

    @Test
    void ticketPosted_confirmsTheContactOnlyWhateverElseTheSubscriptionIs() throws Exception {
        String address = Kind.EMAIL.fresh();
        var person = SHOP.stranger();
        SHOP.at(WEBSITE).call("Import", person.body().with(Kind.EMAIL, address).subscribing("Email", false));
        var answer = post(ticket(person, "SendLink", address), SITE);
        assertThat(answer.json().path("subscription").asString()).as(answer.text()).isEqualTo("unchanged");
        person.expecting(Kind.EMAIL, Held.confirmed(address));
        assertThat(person.subscription("email")).isEqualTo("unsubscribed");
    }

    /** A message to the contact that awaits its proof; its ticket proves that one. */
    @Test
    void ticketToTheNonPrimaryContactPosted_makesItThePrimary() throws Exception {
        String old = Kind.EMAIL.fresh();
        String next = Kind.EMAIL.fresh();
        var person = SHOP.stranger().withChange(Kind.EMAIL, old, next);
        var answer = post(ticket(person, "SendLinkToNew", next), SITE);
        assertThat(answer.json().path("status").asString()).as(answer.text()).isEqualTo("confirmed");
        person.expecting(Kind.EMAIL, Held.confirmed(next));
        assertThat(SHOP.sink().mailsTo(old)).isEmpty();
    }

    @Test
    void ticketOfAnAddressThatWasReplacedPosted_changesNothing() throws Exception {
        String old = Kind.EMAIL.fresh();
        String next = Kind.EMAIL.fresh();
        var person = SHOP.stranger().withPending(Kind.EMAIL, old);
        String ticket = ticket(person, "SendLink", old);
        person.bringing(PARTNER, Way.EDIT, Kind.EMAIL, next);
        assertThat(post(ticket, SITE).json().path("status").asString()).isEqualTo("gone");
        person.expecting(Kind.EMAIL, Held.noData(next));
    }

    @Test
    void ticketPostedFromASiteThatIsNotOnTheList_isRefusedAndChangesNothing() throws Exception {
        String address = Kind.EMAIL.fresh();
        var person = SHOP.stranger().withPending(Kind.EMAIL, address);
        String ticket = ticket(person, "SendLink", address);
        for (var site : new String[] {"http://localhost:9001", "https://localhost:9000", "http://evil.test", "null"}) {
            assertThat(post(ticket, site).status()).as(site).isEqualTo(401);
        }
        var without = SHOP.api().send(SHOP.api().request("/tickets").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body(ticket))));
        assertThat(without.status()).isEqualTo(401);
        person.expecting(Kind.EMAIL, Held.pending(address));
    }

    private static String said(Person person, String number) throws Exception {
        return person.calling("ConfirmPhoneHere", person.body().with(Kind.MOBILE, number))
                .path("mobilePhoneConfirmation").path("processingStatus").asString();
    }

    private static String ticket(Person person, String operation, String address) throws Exception {
        person.calling(operation, person.body());
        var mail = SHOP.sink().awaitMailsTo(address, 1, Await.PATIENCE).getFirst();
        var ticket = TICKET.matcher(Mailbox.text(mail));
        assertThat(ticket.find()).as(Mailbox.text(mail)).isTrue();
        return ticket.group(1);
    }

    private static Api.Answer post(String ticket, String site) throws Exception {
        return SHOP.api().send(SHOP.api().request("/tickets").header("Origin", site)
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body(ticket))));
    }

    private static String body(String ticket) {
        return "{\"endpointId\":\"website\",\"ticket\":\"" + ticket + "\"}";
    }
}
