package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordsTest {
    private final Passwords passwords = new Passwords(new SecureRandom());

    @Test
    void onlyThePasswordMatchesAndTheIterationsStandWithTheHash() {
        String stored = passwords.hash("correct-horse-battery");
        assertThat(stored).startsWith("pbkdf2-sha256$600000$").doesNotContain("horse");
        assertThat(passwords.matches("correct-horse-battery", stored)).isTrue();
        assertThat(passwords.matches("correct-horse-batterY", stored)).isFalse();
    }

    @Test
    void everyHashHasItsOwnSaltAndOldIterationCountsStayValid() {
        var weak = new Passwords(new SecureRandom(), 1000);
        String stored = weak.hash("secret");
        assertThat(weak.hash("secret")).isNotEqualTo(stored);
        assertThat(passwords.matches("secret", stored)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "pbkdf2-sha256$1000$salt$hash",
        "pbkdf2-sha256$0$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "pbkdf2-sha256$99999999$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNotAHashMatchesNothing(String stored) {
        assertThat(passwords.matches("secret", stored)).isFalse();
    }
}
