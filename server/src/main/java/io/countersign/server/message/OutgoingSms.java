package io.countersign.server.message;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One SMS to one number, complete and immutable. {@code toString} hides the text, which may carry a code.
 *
 * @param message identity of the message over all tries
 * @param sender 1 to 11 letters, digits or blanks, or a number with or without {@code +}
 * @param recipient a number in E.164, with {@code +}
 * @param text whatever its length; {@link SmsText} tells how it travels
 */
public record OutgoingSms(UUID message, String sender, String recipient, String text) implements Made {
    private static final Pattern SENDER = Pattern.compile("[A-Za-z0-9 ]{1,11}|\\+?[0-9]{3,15}");
    private static final Pattern RECIPIENT = Pattern.compile("\\+[1-9][0-9]{3,14}");
    private static final int MAX_TEXT = 10_000;

    /** @throws IllegalArgumentException for a sender or number of another form, an empty or a huge text */
    public OutgoingSms {
        require(SENDER.matcher(sender).matches(), "sms sender must be 1 to 11 letters, digits or blanks, or a number");
        require(RECIPIENT.matcher(recipient).matches(), "sms recipient must be a number in E.164");
        require(!text.isEmpty() && text.length() <= MAX_TEXT, "sms text must have 1 to " + MAX_TEXT + " characters");
    }

    @Override
    public String toString() {
        return "OutgoingSms[" + message + " to " + recipient + "]";
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
