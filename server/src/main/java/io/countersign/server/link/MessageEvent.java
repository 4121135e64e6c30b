package io.countersign.server.link;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody did with a message, or a mail server did.
 *
 * @param number which link of the message, from 1, or which answer
 * @param detail the address that a click led to, the code of a bounce
 */
public record MessageEvent(UUID id, Of of, Kind kind, Instant at, Optional<Integer> number, Optional<String> detail,
                           Client client) {
    private static final int LONGEST = 2000;

    public MessageEvent {
        detail = detail.map(text -> text.length() <= LONGEST ? text : text.substring(0, LONGEST));
    }

    /** The message that it happened to. */
    public record Of(UUID message, UUID customer, Optional<Integer> campaign, Optional<String> variant) {
        public static Of of(LinkedMessage message) {
            return new Of(message.id(), message.customer(), message.campaign(),
                    message.ofCampaign().flatMap(LinkedMessage.OfCampaign::variant));
        }
    }

    /**
     * What asked for it.
     *
     * @param automatic a scanner or a proxy, as far as can be told
     */
    public record Client(boolean automatic, Optional<String> ip, Optional<String> userAgent) {
        /** Nobody of whom anything is known: a mail server's report. */
        public static final Client NONE = new Client(false, Optional.empty(), Optional.empty());
    }

    /** What happened, by its stored name. */
    public enum Kind {
        OPEN, CLICK, UNSUBSCRIBE_REQUEST, UNSUBSCRIBED, CONFIRMED, COMPLAINT, BOUNCE, AUTO_REPLY, VOTE
    }
}
