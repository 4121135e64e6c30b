package io.countersign.server.project;

import java.time.Duration;
import java.util.Optional;

/**
 * What some steps need to know besides the call.
 *
 * @param channel  by which a code or message goes
 * @param slot     to which of the customer's contacts a message goes
 * @param lifetime of an authorization code
 * @param message  what is sent
 * @param campaign the campaign that is sent instead, by its slug
 */
public record OperationSettings(Channel channel, Slot slot, Duration lifetime, Optional<InlineMessage> message,
                                Optional<String> campaign) {
    /** The channels that messages of operations go by. */
    public enum Channel { EMAIL, SMS }

    /** Which contact of the channel's type. */
    public enum Slot { PRIMARY, NON_PRIMARY }

    /**
     * A message that stands in the operation itself; its parts may hold parameters.
     *
     * @param subject of an email
     * @param text    of a text message, or of an email beside its html
     */
    public record InlineMessage(Optional<String> subject, Optional<String> html, Optional<String> text) {
        public boolean isEmpty() {
            return html.isEmpty() && text.isEmpty();
        }
    }
}
