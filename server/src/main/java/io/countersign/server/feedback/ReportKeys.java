package io.countersign.server.feedback;

import io.countersign.server.contact.TypedContact;
import io.countersign.server.feedback.Feedback.What;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** What makes two reports the same. */
final class ReportKeys {
    private ReportKeys() {}

    /**
     * The hash by which a report is known again, in hexadecimal. A message bounces, arrives and is complained about
     * once, whoever tells it how often; whoever wants to leave again after coming back is heard again.
     */
    static String hash(Feedback feedback) {
        return hash(switch (feedback.what()) {
            case What.Bounce _, What.Complaint _, What.Delivered _ -> feedback.about().message().map(UUID::toString)
                    .map(message -> feedback.what().word() + "/" + message).orElseGet(() -> byItself(feedback));
            case What.Unsubscribe _, What.AutoReply _ -> byItself(feedback);
        });
    }

    private static String byItself(Feedback feedback) {
        return feedback.what().word() + "/" + feedback.about().message().map(UUID::toString).orElse("") + "/"
                + feedback.about().contact().map(TypedContact::value).orElse("") + "/" + feedback.report();
    }

    /** SHA-256 in hexadecimal. */
    static String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
