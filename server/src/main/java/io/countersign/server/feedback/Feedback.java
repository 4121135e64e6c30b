package io.countersign.server.feedback;

import io.countersign.domain.contact.DeliveryReport;
import io.countersign.server.contact.TypedContact;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that came back about a message, or about an address.
 *
 * @param report identifies what was told: the same again changes nothing
 */
public record Feedback(What what, About about, String report) {
    private static final int LONGEST_DETAIL = 300;

    /** What was told. */
    public sealed interface What {
        /**
         * It could not be delivered.
         *
         * @param status as in RFC 3463, empty where nobody told
         * @param tells  what that tells about the address
         * @param text   one line for people
         */
        record Bounce(String status, Optional<DeliveryReport> tells, String text) implements What {}

        /** The person called it unwanted, or something worse. */
        record Complaint(String type) implements What {}

        /** The person asked a mail client to be unsubscribed. */
        record Unsubscribe() implements What {}

        /** A program answered for the person. */
        record AutoReply() implements What {}

        /** It arrived. */
        record Delivered() implements What {}

        /** Its stable word. */
        default String word() {
            return switch (this) {
                case Bounce _ -> "bounce";
                case Complaint _ -> "complaint";
                case Unsubscribe _ -> "unsubscribe";
                case AutoReply _ -> "auto_reply";
                case Delivered _ -> "delivered";
            };
        }

        /** More about it, for people: one line. */
        default Optional<String> detail() {
            String detail = switch (this) {
                case Bounce(String status, _, String text) -> status + " " + text;
                case Complaint(String type) -> type;
                case Unsubscribe _, AutoReply _, Delivered _ -> "";
            };
            return Optional.of(line(detail, LONGEST_DETAIL)).filter(line -> !line.isEmpty());
        }
    }

    /** One bounded line that the database can keep, of what somebody wrote who is not trusted. */
    static String line(String text, int longest) {
        String head = text.substring(0, Math.min(text.length(), longest));
        return head.replaceAll("[\\p{Cntrl}\\p{Cs}]+", " ").strip();
    }

    /**
     * What it is about.
     *
     * @param message as something proves that only we and its recipient know
     * @param contact the address or number that was named
     */
    public record About(Optional<UUID> message, Optional<TypedContact> contact) {
        public static final About NOTHING = new About(Optional.empty(), Optional.empty());
    }
}
