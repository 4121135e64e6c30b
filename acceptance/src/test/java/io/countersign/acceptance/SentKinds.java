package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.acceptance.LetterSetUp.Project;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message of every kind that the server sends, each to somebody else, as they arrived. */
record SentKinds(Mailing mailing, Map<String, Letter> letters, Map<String, String> sms) {
    private static final String JSON = "application/json";
    private static final Project PROJECT = Project.SCANNED;
    private static final String EVERY_LINK = """
            <p>Hello ${Recipient.FirstName},
            <a data-link="confirm-channel">confirm</a> <a data-link="confirm-topic">confirm</a>
            <a href="https://shop.example/thanks" data-link="confirm-channel">confirm, then the shop</a>
            <a data-link="unsubscribe-channel">leave</a> <a data-link="unsubscribe-topic">leave the topic</a>
            <a href="${Message.UnsubscribeLink}">leave</a> <a data-link="preferences">preferences</a>
            <a data-link="view">view</a> <a href="${Message.AccessibilityLink}">view</a>
            <a data-link="vote" data-name="yes">yes</a> <a data-link="vote" data-name="no">no</a>
            <a href="https://shop.example/landing?x=1&amp;y=2">A plain link</a>
            <a href="https://shop.example/?direct-crm-ticket=${Ticket.EmailConfirmationLinkTicket}">on our site</a></p>
            """;
    private static final String OF_TOPIC = ",\"topic\":\"news\",\"poll\":\"scan\"";

    static SentKinds send(Shop shop) throws Exception {
        var mailing = new Mailing(shop.api(), shop.sink(), PROJECT.owner(), PROJECT.slug());
        var kinds = new SentKinds(mailing, new LinkedHashMap<>(), new LinkedHashMap<>());
        mailing.done("POST", "/v1/polls", """
                {"slug":"scan","brand":"scanned","question":"Do you want our news?","answers":[
                 {"name":"yes","label":"Yes","effect":"subscribe","channel":"email","topic":"news"},
                 {"name":"no","label":"No","effect":"unsubscribe","channel":"email"}]}""");
        kinds.optIns();
        kinds.campaigns();
        kinds.bulk();
        kinds.operations();
        kinds.privacy();
        kinds.bySms();
        return kinds;
    }

    /** The links of each message, by its kind. */
    Map<String, Collection<String>> links() throws Exception {
        var links = new LinkedHashMap<String, Collection<String>>();
        for (var letter : letters.entrySet()) {
            links.put(letter.getKey(), letter.getValue().links());
        }
        sms.forEach((kind, text) -> links.put(kind, Letter.addresses(text)));
        return links;
    }

    private static String address(String name) {
        return name + "@scanned.example";
    }

    private void optIns() throws Exception {
        String asked = address("form");
        letters.put("opt-in, by the form", mailing.next(asked, () -> assertThat(mailing.api()
                .signUp(PROJECT.slug(), Map.of("email", asked)).status()).isEqualTo(200)));
        String again = address("again");
        mailing.next(again, () -> mailing.api().signUp(PROJECT.slug(), Map.of("email", again)));
        String id = mailing.customer(again).path("id").asString();
        mailing.api().advance("PT61S");
        letters.put("opt-in, asked for by an operator", mailing.next(again, () -> mailing.done("POST",
                "/v1/customers/" + id + "/opt-in-requests", "{\"brand\":\"scanned\"}")));
    }

    private void campaigns() throws Exception {
        mailing.campaign("scan", OF_TOPIC, "Everything", EVERY_LINK);
        mailing.campaign("scan-opt-in", OF_TOPIC + ",\"profile\":\"opt_in\"", "Please confirm", EVERY_LINK);
        mailing.campaign("scan-order", "transactional", OF_TOPIC, "Your order", EVERY_LINK);
        String subscribed = address("subscribed");
        mailing.person(subscribed, "email=subscribed");
        letters.put("automated, by the API", mailing.send("scan", subscribed));
        letters.put("test", mailing.next("tester@acme.test", () -> mailing.done("POST", "/v1/campaigns/scan/test",
                "{\"to\":\"tester@acme.test\",\"email\":\"" + subscribed + "\"}")));
        String waiting = address("waiting");
        mailing.person(waiting, "email=requires_confirmation");
        letters.put("opt-in, automated", mailing.send("scan-opt-in", waiting));
        String left = address("left");
        mailing.person(left, "email=unsubscribed");
        letters.put("transactional", mailing.send("scan-order", left));
        String buyer = address("buyer");
        mailing.done("PUT", "/v1/integrations/" + PROJECT.integration() + "/operations/SendScan",
                "{\"step\":\"send-message\",\"campaign\":\"scan\"}");
        mailing.person(buyer, "email=subscribed");
        letters.put("automated, by an operation", mailing.next(buyer, () -> operation("SendScan", buyer)));
    }

    /** Their audiences are those two; whoever was named before has other topics. */
    private void bulk() throws Exception {
        String news = address("news");
        String undecided = address("undecided");
        mailing.person(news, "email=subscribed", "email/offers=subscribed");
        mailing.person(undecided, "email=subscribed", "email/offers=requires_confirmation");
        String topic = ",\"topic\":\"offers\",\"poll\":\"scan\",\"audience\":{\"status\":\"%s\",\"topic\":\"offers\"}";
        mailing.campaign("scan-bulk", "bulk", topic.formatted("subscribed"), "Offers", EVERY_LINK);
        mailing.campaign("scan-bulk-opt-in", "bulk", topic.formatted("requires_confirmation")
                + ",\"profile\":\"opt_in\"", "Please confirm", EVERY_LINK);
        letters.put("bulk", mailing.next(news, () -> mailing.done("POST", "/v1/campaigns/scan-bulk/start", "{}")));
        letters.put("opt-in, bulk", mailing.next(undecided, () -> mailing.done("POST",
                "/v1/campaigns/scan-bulk-opt-in/start", "{}")));
    }

    private void operations() throws Exception {
        String holder = address("holder");
        operation("Register", holder);
        letters.put("a text of an operation, with a ticket", mailing.next(holder, () -> operation("SendLink", holder)));
        String changing = address("changing");
        String claimed = address("claimed");
        call("Register", "{\"ids\":{\"crm\":\"claiming\"},\"email\":\"%s\"}".formatted(changing));
        operation("Register", claimed);
        call("Edit", "{\"ids\":{\"crm\":\"claiming\"},\"email\":\"%s\"}".formatted(claimed));
        letters.put("a text of an operation, to a contact that is only claimed", mailing.next(claimed,
                () -> call("SendTicketToNew", "{\"ids\":{\"crm\":\"claiming\"}}")));
    }

    private void operation(String name, String email) throws IOException {
        call(name, "{\"email\":\"" + email + "\"}");
    }

    private void call(String operation, String customer) throws IOException {
        var answer = mailing.api().send(mailing.api().request("/v3/operations/sync?endpointId=" + PROJECT.integration()
                + "&operation=" + operation).header("Authorization", "SecretKey " + PROJECT.key())
                .header("Content-Type", JSON).POST(BodyPublishers.ofString(
                        "{\"customer\":" + customer + "}")));
        assertThat(answer.text()).as(operation).contains("\"Success\"");
    }

    private void privacy() throws Exception {
        for (String action : List.of("download", "erase")) {
            String email = address(action);
            mailing.person(email, "email=subscribed");
            String page = mailing.send("scan", email).page("/p/");
            letters.put("request of one's data: " + action, mailing.next(email,
                    () -> assertThat(mailing.api().press(page, action).status()).isEqualTo(200)));
        }
    }

    private void bySms() throws Exception {
        String number = "+4915112340001";
        mailing.done("POST", "/v1/customers", """
                {"contacts":{"mobile":"%s"},"first_name":"Ann",
                 "subscriptions":[{"brand":"scanned","channel":"sms","status":"subscribed"}]}""".formatted(number));
        mailing.done("POST", "/v1/campaigns", """
                {"slug":"scan-sms","name":"SMS","kind":"automated","brand":"scanned","channel":"sms"}""");
        mailing.done("PUT", "/v1/campaigns/scan-sms/contents/a/en",
                "{\"text\":\"News. No more: ${Message.UnsubscribeLink}\"}");
        mailing.done("POST", "/v1/campaigns/scan-sms/finish", "{}");
        mailing.done("POST", "/v1/campaigns/scan-sms/messages", "{\"mobile\":\"" + number + "\"}");
        sms.put("SMS of a campaign", new SmsInbox(mailing.api(), number).awaitText(1));
    }
}
