package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A brand that sends campaigns, set up over HTTP by an owner of its project.
 *
 * @param owner the owner's token
 */
record Mailing(Api api, SmtpSink sink, String owner, String brand) {
    private static final String JSON = "application/json";

    /** Makes the brand, with double opt-in by email; {@code more} are further members, each after a comma. */
    static Mailing create(Shop shop, LetterSetUp.Project project, String brand, String more) throws IOException {
        var mailing = new Mailing(shop.api(), shop.sink(), project.owner(), brand);
        mailing.done("POST", "/v1/brands", """
                {"slug":"%s","name":"Acme %s","double_opt_in":{"email":true},
                 "sender":{"email":"Acme <hello@%s.test>"}%s}""".formatted(brand, brand, brand, more));
        return mailing;
    }

    Api.Answer call(String method, String path, String body) throws IOException {
        return api.as(owner, method, path, JSON, body);
    }

    /** What the call is answered, which must be a success; null where there is nothing. */
    JsonNode done(String method, String path, String body) throws IOException {
        var answer = call(method, path, body);
        assertThat(answer.status()).as(method + " " + path + ": " + answer.text()).isBetween(200, 299);
        return answer.bytes().length == 0 ? null : answer.json();
    }

    JsonNode read(String path) throws IOException {
        return api.as(owner, path);
    }

    Mailing topic(String slug, String name) throws IOException {
        done("POST", "/v1/brands/" + brand + "/topics",
                "{\"slug\":\"%s\",\"name\":\"%s\",\"public\":true}".formatted(slug, name));
        return this;
    }

    /**
     * A campaign that is ready to be sent.
     *
     * @param more further members of its document, each after a comma
     */
    void campaign(String slug, String kind, String more, String subject, String html) throws IOException {
        done("POST", "/v1/campaigns", """
                {"slug":"%s","name":"%s","kind":"%s","brand":"%s"%s}""".formatted(slug, slug, kind, brand, more));
        done("PUT", "/v1/campaigns/" + slug + "/contents/a/en",
                "{\"subject\":%s,\"html\":%s}".formatted(quoted(subject), quoted(html)));
        done("POST", "/v1/campaigns/" + slug + "/finish", "{}");
    }

    /** An automated one. */
    void campaign(String slug, String more, String subject, String html) throws IOException {
        campaign(slug, "automated", more, subject, html);
    }

    static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    /** Somebody with these statuses, each as {@code email=subscribed} or {@code email/news=unsubscribed}. */
    String person(String email, String... statuses) throws IOException {
        var subscriptions = new ArrayList<String>();
        for (String each : statuses) {
            String[] nodeAndStatus = each.split("=");
            String[] channelAndTopic = nodeAndStatus[0].split("/");
            subscriptions.add("{\"brand\":\"%s\",\"channel\":\"%s\",\"topic\":%s,\"status\":\"%s\"}".formatted(brand,
                    channelAndTopic[0], channelAndTopic.length > 1 ? quoted(channelAndTopic[1]) : "null",
                    nodeAndStatus[1]));
        }
        return done("POST", "/v1/customers", """
                {"contacts":{"email":"%s"},"first_name":"Ann","subscriptions":%s}""".formatted(email, subscriptions))
                .path("id").asString();
    }

    /** The customer with history. */
    JsonNode customer(String email) throws IOException {
        JsonNode found = read("/v1/customers?email=" + Api.encoded(email)).path("customers");
        assertThat(found.size()).as(email).isOne();
        return read("/v1/customers/" + found.get(0).path("id").asString());
    }

    /** What counts at the brand's email channel. */
    String status(String email) throws IOException {
        return status(email, "");
    }

    /** What counts at a topic of it. */
    String status(String email, String topic) throws IOException {
        for (JsonNode each : customer(email).path("subscriptions")) {
            if (each.path("brand").asString().equals(brand) && each.path("channel").asString("").equals("email")
                    && each.path("topic").asString("").equals(topic)) {
                return each.path("status").asString();
            }
        }
        return "no_data";
    }

    /** Sends an automated campaign; answers what arrives. */
    Letter send(String campaign, String email) throws Exception {
        return next(email, () -> done("POST", "/v1/campaigns/" + campaign + "/messages",
                "{\"email\":\"" + email + "\"}"));
    }

    /** Something that makes the server send a mail. */
    interface Cause {
        void happen() throws Exception;
    }

    /** The mail that comes to the address because of this. */
    Letter next(String email, Cause cause) throws Exception {
        int before = sink.mailsTo(email).size();
        cause.happen();
        List<SmtpSink.Mail> mails = sink.awaitMailsTo(email, before + 1, Await.PATIENCE);
        return Letter.of(mails.get(before));
    }
}
