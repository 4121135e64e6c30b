package io.countersign.acceptance;

import static io.countersign.acceptance.Status.NO_DATA;
import static io.countersign.acceptance.Status.REQUIRES_CONFIRMATION;
import static io.countersign.acceptance.Status.SUBSCRIBED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Source 001, step 3: the campaigns that ask, for a channel, for a topic, with a ticket, by mail and by SMS. */
class OptInCampaignTest {
    private static final Pattern TICKET = Pattern.compile("direct-crm-ticket=([A-Za-z0-9._-]+)");
    private static final Pattern PAGE = Pattern.compile("/c/[A-Za-z0-9._-]+");

    @RegisterExtension
    static final Shop SHOP = new Shop();

    private static Api.Answer owner(String method, String path, String body) throws IOException {
        var answer = SHOP.api().as(Provision.OWNER, method, path, "application/json", body);
        assertThat(answer.status()).as(path + ": " + answer.text()).isBetween(200, 299);
        return answer;
    }

    /** A campaign of the shop that is ready to ask; the text is the member of its content. */
    private static void campaign(String slug, String channel, String topic, String content) throws IOException {
        owner("POST", "/v1/campaigns", """
                {"slug":"%s","name":"Ask","kind":"automated","brand":"shop","channel":"%s","topic":%s,
                 "profile":"opt_in"}""".formatted(slug, channel, topic));
        owner("PUT", "/v1/campaigns/" + slug + "/contents/a/en", content);
        owner("POST", "/v1/campaigns/" + slug + "/finish", "{}");
    }

    /** The text of the mail that asks somebody. */
    private static String asked(String slug, Subscriber person) throws Exception {
        owner("POST", "/v1/campaigns/" + slug + "/messages", "{\"email\":\"" + person.email() + "\"}");
        return Mailbox.text(SHOP.sink().awaitMailsTo(person.email(), 1, Await.PATIENCE).getFirst());
    }

    private static void confirm(String text) throws Exception {
        var page = PAGE.matcher(text);
        assertThat(page.find()).as(text).isTrue();
        var answer = SHOP.api().press(page.group(), "confirm");
        assertThat(answer.status()).as(answer.text()).isIn(200, 303);
    }

    @Test
    void aLinkForTheTopic_confirmsTheTopicAndLeavesTheChannelAlone() throws Exception {
        campaign("ask-for-news", "email", "\"news\"",
                "{\"subject\":\"News?\",\"html\":\"<a data-link=\\\"confirm-topic\\\">Yes</a>\"}");
        var person = Subscriber.with(SHOP, OptIn.ON, NO_DATA).byHand("email", "news", REQUIRES_CONFIRMATION);
        confirm(asked("ask-for-news", person));
        assertThat(person.status("email", "news")).isEqualTo(SUBSCRIBED);
        assertThat(person.status()).isEqualTo(NO_DATA);
    }

    /** The second approach: the contact is confirmed as well, and who has left meanwhile stays out. */
    @ParameterizedTest(name = "{displayName} {0}")
    @EnumSource(names = {"REQUIRES_CONFIRMATION", "UNSUBSCRIBED"})
    void aTicket_confirmsTheContact_andTheSubscriptionThatStillAwaitsIt(Status meanwhile) throws Exception {
        String slug = "ask-with-ticket-" + meanwhile.word().replace('_', '-');
        campaign(slug, "email", "null", "{\"subject\":\"Yours?\",\"html\":\"<a href=\\\"http://localhost:9000/"
                + "?direct-crm-ticket=${Ticket.EmailConfirmationLinkTicket}\\\">Yes</a>\"}");
        var person = Subscriber.with(SHOP, OptIn.ON, REQUIRES_CONFIRMATION);
        var ticket = TICKET.matcher(asked(slug, person));
        assertThat(ticket.find()).isTrue();
        person.byHand("email", null, meanwhile);
        var posted = SHOP.api().send(SHOP.api().request("/tickets").header("Origin", "http://localhost:9000")
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(
                        "{\"endpointId\":\"website\",\"ticket\":\"" + ticket.group(1) + "\"}")));
        assertThat(posted.json().path("status").asString()).as(posted.text()).isEqualTo("confirmed");
        assertThat(person.status()).isEqualTo(meanwhile == REQUIRES_CONFIRMATION ? SUBSCRIBED : meanwhile);
        assertThat(Held.in(person.document(), Kind.EMAIL)).isEqualTo(Held.confirmed(person.email()));
    }

    /** CP3: the profile is there for SMS as well. */
    @Test
    void aLinkInAnSms_confirmsTheChannelOfSms() throws Exception {
        campaign("ask-by-sms", "sms", "null", "{\"text\":\"Our offers? ${Message.ConfirmationLink}\"}");
        String number = Kind.MOBILE.fresh();
        var person = SHOP.stranger().withPending(Kind.MOBILE, number).standing("shop", "sms", REQUIRES_CONFIRMATION);
        owner("POST", "/v1/campaigns/ask-by-sms/messages", "{\"mobile\":\"" + number + "\"}");
        confirm(new SmsInbox(SHOP.api(), number).awaitText(1));
        assertThat(person.subscription("sms")).isEqualTo("subscribed");
        assertThat(person.subscription("email")).isEqualTo("no_data");
        assertThat(person.held(Kind.MOBILE)).isEqualTo(Held.pending(number));
    }
}
