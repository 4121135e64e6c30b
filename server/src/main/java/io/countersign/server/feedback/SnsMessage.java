package io.countersign.server.feedback;

import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A message of Amazon SNS as it is posted. Nothing in it is believed before its signature was checked. */
final class SnsMessage {
    private static final List<String> OF_NOTIFICATIONS =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> OF_SUBSCRIPTIONS =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
    /** SNS tries for an hour at most; the clocks may differ a little. */
    private static final Duration OLDEST = Duration.ofDays(1);
    private static final Duration AHEAD = Duration.ofMinutes(10);

    private final ObjectNode json;

    SnsMessage(ObjectNode json) {
        this.json = json;
    }

    /** What it is. */
    enum Type { NOTIFICATION, SUBSCRIPTION, OTHER }

    Type type() {
        return switch (text("Type")) {
            case "Notification" -> Type.NOTIFICATION;
            case "SubscriptionConfirmation" -> Type.SUBSCRIPTION;
            default -> Type.OTHER;
        };
    }

    /** A member as text; empty where there is none. */
    String text(String member) {
        return json.path(member).asString("");
    }

    /** The name of the algorithm that it says it is signed with; empty for one that nobody uses. */
    Optional<String> algorithm() {
        return switch (text("SignatureVersion")) {
            case "1" -> Optional.of("SHA1withRSA");
            case "2" -> Optional.of("SHA256withRSA");
            default -> Optional.empty();
        };
    }

    /** The bytes that are signed. */
    byte[] signed() {
        var text = new StringBuilder();
        for (String member : type() == Type.NOTIFICATION ? OF_NOTIFICATIONS : OF_SUBSCRIPTIONS) {
            if (json.path(member).isString()) {
                text.append(member).append('\n').append(text(member)).append('\n');
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws ProblemException for a message that is too old or from the future: a replay, or a wrong clock */
    void requireRecent(Instant now) {
        try {
            Instant at = Instant.parse(text("Timestamp"));
            if (!at.isBefore(now.minus(OLDEST)) && !at.isAfter(now.plus(AHEAD))) {
                return;
            }
        } catch (DateTimeException e) {
            throw new ProblemException(Problem.INVALID_VALUE, "This is no time.", "Timestamp");
        }
        throw new ProblemException(Problem.INVALID_VALUE, "The message is older than a day, or from the future.",
                "Timestamp");
    }
}
