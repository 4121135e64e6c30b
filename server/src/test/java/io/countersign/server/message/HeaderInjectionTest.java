package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeaderInjectionTest {
    private static final List<String> BREAKS =
            List.of("\r\n", "\n", "\r", "\u0000", "\u000b", "\u001b", "\u007f", "\u0085", "\u2028", "\ud800");

    @Test
    void subjectsNamesAndAddressesWithControlCharactersAreRefused() {
        for (var bad : BREAKS) {
            var text = "x" + bad + "Bcc: eve@evil.test";
            assertThatIllegalArgumentException().isThrownBy(
                    () -> Emails.with(1, Emails.SHOP, text, new EmailBody("t", "")));
            assertThatIllegalArgumentException().isThrownBy(() -> new Mailbox(text, "ann@example.com"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Mailbox("", "ann" + bad + "@example.com"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Mailbox("", "\"ann" + bad + "\"@example.com"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Mailbox("", "ann@exam" + bad + "ple.com"));
        }
    }

    @Test
    void extraHeadersWithControlCharactersAreRefused() {
        for (var bad : BREAKS) {
            refused(Map.of("List-Unsubscribe", "<x>" + bad + "Bcc: eve@evil.test"));
            refused(Map.of("X" + bad, "value"));
        }
    }

    @Test
    void headersOfTheComposerCannotBeGivenAgain() {
        for (var name : List.of("From", "to", "BCC", "Subject", "Message-ID", "Date", "Content-Type",
                "content-foo", "MIME-Version", "Auto-Submitted", "Return-Path")) {
            refused(Map.of(name, "x"));
        }
    }

    @Test
    void malformedAndUnboundedHeadersAreRefused() {
        refused(Map.of("", "x"));
        refused(Map.of("A B", "x"));
        refused(Map.of("A:B", "x"));
        refused(Map.of("Ü", "x"));
        refused(Map.of("X", ""));
        refused(Map.of("X", "ü"));
        refused(Map.of("X", "x".repeat(901)));
        var many = new HashMap<String, String>();
        IntStream.range(0, 31).forEach(i -> many.put("X-" + i, "x"));
        refused(many);
    }

    @Test
    void addressesThatCannotBeSentAreRefused() {
        for (var address : List.of("", "ann", "@example.com", "ann@", "a@b@c.test", "ann@[127.0.0.1]",
                "ann@exa mple.com",
                "x".repeat(65) + "@example.com", "ü".repeat(33) + "@example.com", "ann(comment)@example.com",
                "Ann <ann@example.com>", "<ann@example.com>", "ann@" + "a".repeat(64) + ".test",
                "@route.test:ann@example.com", "ann@-bad-.test")) {
            assertThatIllegalArgumentException().as(address).isThrownBy(() -> new Mailbox("", address));
        }
    }

    @Test
    void mailboxesAreReadInEveryCommonForm() {
        assertThat(Mailbox.parse("Acme Shop <hello@acme.test>"))
                .isEqualTo(new Mailbox("Acme Shop", "hello@acme.test"));
        assertThat(Mailbox.parse("\"Acme \\\"A\\\" <x>\" <a@b.test>"))
                .isEqualTo(new Mailbox("Acme \"A\" <x>", "a@b.test"));
        assertThat(Mailbox.parse(" <a@b.test> ")).isEqualTo(new Mailbox("", "a@b.test"));
        assertThat(Mailbox.parse("Ann+x@B.test")).isEqualTo(new Mailbox("", "Ann+x@B.test"));
        assertThatIllegalArgumentException().isThrownBy(() -> Mailbox.parse("a@b.test>"));
    }

    private static void refused(Map<String, String> headers) {
        assertThatIllegalArgumentException().as(headers.toString())
                .isThrownBy(() -> new ExtraHeaders(headers));
    }
}
