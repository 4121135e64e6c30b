package io.countersign.server.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What codes and counts leave behind, and when it goes. */
class ChallengeKeepingTest {
    @Test
    void whatIsOverForTwoDaysGoesAndNothingElse() {
        try (var api = new Api()) {
            api.apply(api.signUp("ann@example.org"));
            code(api, Duration.ofDays(-3));
            code(api, Duration.ofHours(-3));
            guard(api, "old", Duration.ofDays(-3));
            guard(api, "new", Duration.ofHours(-3));
            new ChallengeKeeping(api.node.database, api.node.catalogs, api.node.clock).clean();
            assertThat(api.count("select count(*) from codes")).isEqualTo(1);
            assertThat(api.count("select count(*) from guards where value = 'new'")).isEqualTo(1);
            assertThat(api.count("select count(*) from guards")).isEqualTo(1);
        }
    }

    private static void code(Api api, Duration fromNow) {
        Instant at = api.node.clock.instant().plus(fromNow);
        api.update("""
                insert into codes (project_id, challenge_id, code_hash, message_id, created_at, expires_at)
                select project_id, challenge_id, ?, ?, ?, ? from challenges""",
                at.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII), new UUID(0, 1), at, at);
    }

    private static void guard(Api api, String value, Duration fromNow) {
        api.update("insert into guards (project_id, kind, value, count, since) values (?, 'sms_to_number', ?, 1, ?)",
                api.project.value(), value, api.node.clock.instant().plus(fromNow));
    }
}
