package io.countersign.server.preference;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.server.link.LinkKind;
import io.countersign.server.testing.LinkScene;
import io.countersign.server.testing.LinkScene.Person;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A scanner fetches every link of every mail, by every method that promises to change nothing. */
final class ScannerTest {
    private static final String ELSEWHERE = "https://shop.test/";
    private static final List<String> HEADERS = List.of("Accept", "Sec-Purpose", "Purpose", "X-Moz", "Range");

    @Test
    void whoOnlyFetchesChangesNoStatus() {
        try (var scene = new LinkScene()) {
            var people = new ArrayList<Person>();
            for (SubscriptionStatus status : SubscriptionStatus.values()) {
                people.add(scene.person("news", scene.channel(), status));
            }
            List<JsonNode> before = people.stream().map(scene::document).toList();
            long rows = rows(scene);
            people.forEach(person -> paths(scene, person).forEach(path -> fetch(scene, path)));
            scene.api.readings.close();
            assertThat(people.stream().map(scene::document).toList()).isEqualTo(before);
            assertThat(rows(scene)).isEqualTo(rows);
            people.forEach(person -> assertThat(scene.events(person)).isNotEmpty()
                    .allSatisfy(kind -> assertThat(kind).startsWith("(")));
        }
    }

    private static List<String> paths(LinkScene scene, Person person) {
        var paths = new ArrayList<String>();
        for (LinkKind kind : List.of(LinkKind.CONFIRM_CHANNEL, LinkKind.CONFIRM_TOPIC, LinkKind.UNSUBSCRIBE_CHANNEL,
                LinkKind.UNSUBSCRIBE_TOPIC, LinkKind.PREFERENCES, LinkKind.PRIVACY)) {
            paths.add(scene.path(person, kind));
        }
        paths.add(scene.path(person, LinkKind.CONFIRM_CHANNEL, 0, ELSEWHERE));
        paths.add(scene.path(person, LinkKind.OPEN) + ".gif");
        paths.add(scene.path(person, LinkKind.CLICK, 1, ELSEWHERE));
        paths.add(scene.path(person, LinkKind.CLICK, 2, ELSEWHERE + "2"));
        paths.add("/tickets?endpointId=website&ticket=" + scene.path(person, LinkKind.TICKET));
        return paths;
    }

    private static void fetch(LinkScene scene, String path) {
        for (String method : List.of("GET", "HEAD")) {
            for (String header : HEADERS) {
                var answer = scene.api.exchange(scene.api.request(path).header("User-Agent", "Scanner bot/1.0")
                        .header("Origin", ELSEWHERE).header(header, "prefetch").method(method,
                                BodyPublishers.noBody()));
                assertThat(answer.statusCode()).as(method + " " + path).isBetween(200, 499);
            }
        }
        var options = scene.api.exchange(scene.api.request(path).method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.statusCode()).isBetween(200, 499);
    }

    /** Whatever an act would leave behind. */
    private static long rows(LinkScene scene) {
        return scene.api.count("""
                (select count(*) from history) + (select count(*) from consents) + (select count(*) from events)
                + (select count(*) from subscriptions) + (select count(*) from privacy_requests)
                + (select count(*) from messages)""");
    }
}
