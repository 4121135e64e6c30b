package io.countersign.server.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How a conversation with a mail server begins: its greeting, what it offers, and the login. */
final class SmtpGreeting {
    private final SmtpSettings settings;

    SmtpGreeting(SmtpSettings settings) {
        this.settings = settings;
    }

    /** What a server offers: names of extensions in capitals, and what stands behind them. */
    record Offers(Map<String, String> extensions) {
        boolean has(String extension) {
            return extensions.containsKey(extension);
        }

        /** Old servers write {@code AUTH=LOGIN}. */
        boolean hasLogin(String mechanism) {
            return List.of(extensions.getOrDefault("AUTH", "").split(" ")).contains(mechanism)
                    || has("AUTH=" + mechanism);
        }
    }

    Offers greet(SmtpWire wire) throws IOException, SmtpConnectException {
        requirePositive(wire.answer());
        return hello(wire);
    }

    /** Says who we are; also after the line was encrypted, when nothing counts that was said before. */
    Offers hello(SmtpWire wire) throws IOException, SmtpConnectException {
        SmtpWire.Answer answer = wire.ask("EHLO " + settings.ehloName());
        if (answer.code() >= 500 && answer.code() < 505 && settings.tls().mode() != SmtpTls.Mode.STARTTLS) {
            requirePositive(wire.ask("HELO " + settings.ehloName()));
            return new Offers(Map.of());
        }
        requirePositive(answer);
        return new Offers(answer.lines().stream().skip(1).map(line -> line.toUpperCase(Locale.ROOT).split(" ", 2))
                .collect(Collectors.toMap(words -> words[0], words -> words.length < 2 ? "" : words[1].strip(),
                        (first, _) -> first)));
    }

    /** Going on without encryption where it is asked for would give the login away. */
    void beginTls(SmtpWire wire, Offers offers) throws IOException, SmtpConnectException {
        if (!offers.has("STARTTLS")) {
            throw new SmtpConnectException("STARTTLS is required but the server does not offer it");
        }
        requirePositive(wire.ask("STARTTLS"));
    }

    /** Going on without a login when the server offers none: then somebody else may be answering. */
    void login(SmtpWire wire, Offers offers) throws IOException, SmtpConnectException {
        SmtpLogin login = settings.login();
        if (!login.isGiven()) {
            return;
        }
        if (offers.hasLogin("PLAIN")) {
            requirePositive(wire.ask("AUTH PLAIN " + encoded('\0' + login.user() + '\0' + login.password())));
        } else if (offers.hasLogin("LOGIN")) {
            requireMore(wire.ask("AUTH LOGIN"));
            requireMore(wire.ask(encoded(login.user())));
            requirePositive(wire.ask(encoded(login.password())));
        } else {
            throw new SmtpConnectException("a login is configured but the server offers neither AUTH PLAIN nor LOGIN");
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void requirePositive(SmtpWire.Answer answer) throws SmtpConnectException {
        if (!answer.isPositive()) {
            throw new SmtpConnectException(answer);
        }
    }

    private static void requireMore(SmtpWire.Answer answer) throws SmtpConnectException {
        if (answer.code() != 334) {
            throw new SmtpConnectException(answer);
        }
    }
}
