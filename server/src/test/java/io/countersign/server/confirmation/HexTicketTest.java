package io.countersign.server.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.confirmation.HexTicket.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HexTicketTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void namesAnAddressANumberOrAnExternalId() {
        assertThat(subject("EmailAuthenticationHex|ann@example.org|2026-01-02 03:04:05"))
                .contains(new Subject.Email("ann@example.org"));
        assertThat(subject("MobilePhoneAuthenticationHex|491711234567|2026-01-02 03:04:05"))
                .contains(new Subject.Mobile("491711234567"));
        assertThat(subject("ExternalIdentityAuthentication|CrmID|a|b|2026-01-02 03:04:05"))
                .contains(new Subject.ExternalId("CrmID", "a|b"));
    }

    @Test
    void isFreshForHalfAnHourAndALittleBefore() {
        var ticket = parse("EmailAuthenticationHex|ann@example.org|2026-01-02 03:04:05").orElseThrow();
        assertThat(ticket.at()).isEqualTo(AT);
        assertThat(ticket.isFresh(AT)).isTrue();
        assertThat(ticket.isFresh(AT.plusSeconds(1799))).isTrue();
        assertThat(ticket.isFresh(AT.plusSeconds(1800))).isFalse();
        assertThat(ticket.isFresh(AT.minusSeconds(120))).isTrue();
        assertThat(ticket.isFresh(AT.minusSeconds(121))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "|", "EmailAuthenticationHex|ann@example.org", "EmailAuthenticationHex||2026-01-02 03:04:05",
        "EmailAuthenticationHex|ann@example.org|2026-02-30 03:04:05", "Else|ann@example.org|2026-01-02 03:04:05",
        "EmailAuthenticationHex|ann@example.org|2026-01-02T03:04:05",
        "ExternalIdentityAuthentication|CrmID|2026-01-02 03:04:05",
        "ExternalIdentityAuthentication||1|2026-01-02 03:04:05", "EmailAuthenticationHex|a\u0000b|2026-01-02 03:04:05",
        "ExternalIdentityAuthentication|CrmID||2026-01-02 03:04:05"})
    void nothingElseIsOne(String message) {
        assertThat(parse(message)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zz|zz", "abc", "41|41", "1-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void noOtherTextIsOne(String text) {
        assertThat(HexTicket.parse(text)).isEmpty();
    }

    @Test
    void aLongTextIsNone() {
        assertThat(HexTicket.parse("41".repeat(100_000) + "|" + "ab".repeat(64))).isEmpty();
    }

    private static Optional<Subject> subject(String message) {
        return parse(message).map(HexTicket::subject);
    }

    private static Optional<HexTicket> parse(String message) {
        String hex = HexFormat.of().withUpperCase().formatHex(message.getBytes(StandardCharsets.UTF_8));
        return HexTicket.parse(hex + "|" + "0A".repeat(64));
    }
}
