package io.countersign.server.confirmation;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ticket that an integration has made by itself, as {@code HEX(message)|HEX(signature)} (CT10). What it says counts
 * only when the signature is that of the integration.
 */
record HexTicket(Subject subject, Instant at, byte[] message, byte[] signature) {
    private static final Duration LIFE = Duration.ofMinutes(30);
    /** Clocks of sites may be ahead of ours. */
    private static final Duration SKEW = Duration.ofMinutes(2);
    private static final Pattern FORM = Pattern.compile("((?:[0-9A-Fa-f]{2}){1,1000}+)\\|([0-9A-Fa-f]{128})");
    /** What a message is made of; the id may have bars of its own. */
    private static final Pattern MESSAGE = Pattern.compile("([A-Za-z]+)\\|(.+)\\|([0-9: -]{19})");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    /** Whom it names; values are as the site wrote them. */
    sealed interface Subject {
        record Email(String address) implements Subject {}

        record Mobile(String number) implements Subject {}

        record ExternalId(String name, String value) implements Subject {}
    }

    static Optional<HexTicket> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        byte[] message = HexFormat.of().parseHex(form.group(1));
        Matcher parts = MESSAGE.matcher(new String(message, StandardCharsets.UTF_8));
        if (!parts.matches() || parts.group(2).chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        return subject(parts.group(1), parts.group(2)).flatMap(subject -> time(parts.group(3))
                .map(at -> new HexTicket(subject, at, message, HexFormat.of().parseHex(form.group(2)))));
    }

    private static Optional<Subject> subject(String kind, String subject) {
        return switch (kind) {
            case "EmailAuthenticationHex" -> Optional.of(new Subject.Email(subject));
            case "MobilePhoneAuthenticationHex" -> Optional.of(new Subject.Mobile(subject));
            case "ExternalIdentityAuthentication" -> externalId(subject);
            default -> Optional.empty();
        };
    }

    private static Optional<Subject> externalId(String subject) {
        String[] parts = subject.split("\\|", 2);
        return parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty() ? Optional.empty()
                : Optional.of(new Subject.ExternalId(parts[0], parts[1]));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** Made within the last half hour. */
    boolean isFresh(Instant now) {
        return !at.isAfter(now.plus(SKEW)) && now.isBefore(at.plus(LIFE));
    }

    @Override
    public String toString() {
        return "HexTicket[at=" + at + "]";
    }
}
