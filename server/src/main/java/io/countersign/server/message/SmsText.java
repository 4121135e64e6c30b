package io.countersign.server.message;

import java.util.Arrays;

/**
 * How a text travels as SMS (GSM 03.38 and 03.40): in septets of the GSM alphabet when every character is in it, else
 * in UCS-2; in one part if it fits, else in parts that each lose six octets to the header that joins them. No
 * character and no surrogate pair is cut in two.
 *
 * @param units    septets or UCS-2 units of the whole text, headers and filled-up parts not counted
 * @param segments what is paid for
 */
public record SmsText(Encoding encoding, int units, int segments) {
    /** The two alphabets, with what a lone part and a joined part hold of their units. */
    public enum Encoding {
        GSM_7(160, 153), UCS_2(70, 67);

        private final int alone;
        private final int joined;

        Encoding(int alone, int joined) {
            this.alone = alone;
            this.joined = joined;
        }

        /** The units of a message of one part. */
        public int alone() {
            return alone;
        }

        /** The units of each part of a message of several. */
        public int joined() {
            return joined;
        }
    }

    /** Reads any text; an empty one is one segment of nothing. */
    public static SmsText of(String text) {
        boolean gsm = text.codePoints().allMatch(point -> GsmAlphabet.septets(point) > 0);
        return gsm ? counted(Encoding.GSM_7, text.codePoints().map(GsmAlphabet::septets).toArray())
                : counted(Encoding.UCS_2, text.codePoints().map(Character::charCount).toArray());
    }

    /** @param sizes the units of each character, one or two */
    private static SmsText counted(Encoding encoding, int[] sizes) {
        int units = Arrays.stream(sizes).sum();
        if (units <= encoding.alone()) {
            return new SmsText(encoding, units, 1);
        }
        int segments = 1;
        int used = 0;
        for (int size : sizes) {
            if (used + size > encoding.joined()) {
                segments++;
                used = 0;
            }
            used += size;
        }
        return new SmsText(encoding, units, segments);
    }
}
