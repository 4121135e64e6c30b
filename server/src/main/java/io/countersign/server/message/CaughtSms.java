package io.countersign.server.message;

import java.time.Instant;
import java.util.List;

/**
 * One SMS of the built-in catcher.
 *
 * @param id safe within a path, and never that of a mail
 */
public record CaughtSms(String id, String from, String to, String text, Instant caughtAt) implements CaughtMessage {
    private static final int HEADING = 80;

    @Override
    public String heading() {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        int end = line.offsetByCodePoints(0, Math.min(HEADING, line.codePointCount(0, line.length())));
        if (line.isEmpty()) {
            return "(no text)";
        }
        return end == line.length() ? line : line.substring(0, end) + "…";
    }

    /** How it would have travelled, for people. */
    public String travel() {
        var sms = SmsText.of(text);
        String units = switch (sms.encoding()) {
            case GSM_7 -> "GSM-7, " + counted(sms.units(), "septet");
            case UCS_2 -> "UCS-2, " + counted(sms.units(), "unit");
        };
        return units + ", " + counted(sms.segments(), "segment");
    }

    /** The web addresses in it. */
    public List<MailLink> links() {
        return MailLinks.in(text, "");
    }

    private static String counted(int amount, String what) {
        return amount + " " + what + (amount == 1 ? "" : "s");
    }
}
