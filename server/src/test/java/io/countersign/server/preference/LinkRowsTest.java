package io.countersign.server.preference;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.server.link.LinkKind;
import io.countersign.server.platform.http.Json;
import io.countersign.server.testing.LinkScene;
import io.countersign.server.testing.LinkScene.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of source 001 that links of messages are about, over HTTP, with opt-in on and off. */
final class LinkRowsTest {
    private static LinkScene scene;

    @BeforeAll
    static void start() {
        scene = new LinkScene();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    /** Table 3.1, row of the ticket: after it, with opt-in on and off. */
    @ParameterizedTest
    @CsvSource({"NO_DATA,no_data,no_data", "REQUIRES_CONFIRMATION,subscribed,requires_confirmation",
        "SUBSCRIBED,subscribed,subscribed", "UNSUBSCRIBED,unsubscribed,unsubscribed"})
    void theTicketConfirmsOnlyWhatAwaitsItWhileOptInIsOn(SubscriptionStatus before, String on, String off) {
        for (boolean optIn : new boolean[] {true, false}) {
            scene.optIn(optIn);
            Person person = scene.person("", scene.channel(), before);
            var answer = scene.api.exchange(scene.api.request("/tickets").header("Content-Type", "text/plain")
                    .header("Origin", "https://shop.test").POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                            Json.writeText(Json.object().put("endpointId", "website")
                                    .put("ticket", scene.path(person, LinkKind.TICKET))))));
            assertThat(Json.parse(answer.body()).path("status").asString()).isEqualTo("confirmed");
            assertThat(scene.status(person, "")).as("opt-in " + optIn).isEqualTo(optIn ? on : off);
            assertThat(scene.verification(person)).isEqualTo("confirmed");
        }
    }

    /** Row of the confirmation link of a channel. */
    @ParameterizedTest
    @CsvSource({"NO_DATA,no_data,410", "REQUIRES_CONFIRMATION,subscribed,200", "SUBSCRIBED,subscribed,200",
        "UNSUBSCRIBED,unsubscribed,200"})
    void theConfirmationLinkOfAChannel(SubscriptionStatus before, String after, int status) {
        for (boolean optIn : new boolean[] {true, false}) {
            scene.optIn(optIn);
            Person person = scene.person("", scene.channel(), before);
            var answer = scene.post(scene.path(person, LinkKind.CONFIRM_CHANNEL), "action=confirm");
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(scene.status(person, "")).isEqualTo(after);
            assertThat(scene.verification(person)).isEqualTo("pending");
        }
    }

    /** Row of the confirmation link of a topic: the channel is left alone. */
    @ParameterizedTest
    @CsvSource({"NO_DATA,subscribed", "REQUIRES_CONFIRMATION,subscribed", "SUBSCRIBED,subscribed",
        "UNSUBSCRIBED,unsubscribed"})
    void theConfirmationLinkOfATopic(SubscriptionStatus channel, String topic) {
        for (boolean optIn : new boolean[] {true, false}) {
            scene.optIn(optIn);
            Person person = scene.person("news", scene.channel(), channel);
            String before = scene.status(person, "");
            scene.post(scene.path(person, LinkKind.CONFIRM_TOPIC), "action=confirm");
            assertThat(scene.status(person, "news")).isEqualTo(topic);
            assertThat(scene.status(person, "")).isEqualTo(before);
        }
    }

    /** Rows of the unsubscribe link, the mail client and the link of a topic. */
    @ParameterizedTest
    @CsvSource({"UNSUBSCRIBE_CHANNEL,action=unsubscribe,unsubscribed,unsubscribed",
        "UNSUBSCRIBE_TOPIC,action=unsubscribe,unsubscribed,same",
        "UNSUBSCRIBE_CHANNEL,List-Unsubscribe=One-Click,unsubscribed,unsubscribed",
        "UNSUBSCRIBE_TOPIC,List-Unsubscribe=One-Click,unsubscribed,unsubscribed"})
    void leavingFromAnyStatus(LinkKind kind, String body, String topic, String channel) {
        for (boolean optIn : new boolean[] {true, false}) {
            scene.optIn(optIn);
            for (SubscriptionStatus before : SubscriptionStatus.values()) {
                Person person = scene.person("news", scene.channel(), before);
                scene.set(person, scene.topic("vip"), SubscriptionStatus.SUBSCRIBED);
                String was = scene.status(person, "");
                var answer = scene.post(scene.path(person, kind), body);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(scene.status(person, "news")).isEqualTo(topic);
                assertThat(scene.status(person, "")).isEqualTo(channel.equals("same") ? was : channel);
                assertThat(scene.status(person, "vip"))
                        .isEqualTo(channel.equals("same") ? "subscribed" : "unsubscribed");
            }
        }
    }

    /** Rows of the preference page: ticked, unticked, everything. */
    @ParameterizedTest
    @CsvSource({"action=save&shown=1&topic=news,subscribed,same",
        "action=save&shown=1&was=news,unsubscribed,same", "action=unsubscribe,unsubscribed,unsubscribed"})
    void thePreferencePageFromAnyStatus(String body, String topic, String channel) {
        for (boolean optIn : new boolean[] {true, false}) {
            scene.optIn(optIn);
            for (SubscriptionStatus before : SubscriptionStatus.values()) {
                Person person = scene.person("", scene.channel(), SubscriptionStatus.SUBSCRIBED);
                scene.set(person, scene.topic("news"), before);
                var answer = scene.post(scene.path(person, LinkKind.PREFERENCES), body);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(scene.status(person, "news")).as(before + " " + body).isEqualTo(topic);
                assertThat(scene.status(person, "")).isEqualTo(channel.equals("same") ? "subscribed" : channel);
            }
        }
    }
}
