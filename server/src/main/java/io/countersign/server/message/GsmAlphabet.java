package io.countersign.server.message;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The default alphabet of GSM 03.38 with its extension table, as unpacked septets: one octet each, which is how SMPP
 * carries them.
 */
final class GsmAlphabet {
    static final byte ESCAPE = 0x1B;

    /** The character at each septet; the place of the escape holds a character that no text may use for itself. */
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ"
            + " !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
            + "¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final Map<Integer, Integer> EXTENSION = Map.of((int) '\f', 0x0A, (int) '^', 0x14, (int) '{', 0x28,
            (int) '}', 0x29, (int) '\\', 0x2F, (int) '[', 0x3C, (int) '~', 0x3D, (int) ']', 0x3E, (int) '|', 0x40,
            (int) '€', 0x65);
    private static final Map<Integer, byte[]> OCTETS = octets();

    private GsmAlphabet() {
    }

    /** One, two with the escape before it, or 0 for a character that is not in the alphabet. */
    static int septets(int codePoint) {
        byte[] octets = OCTETS.get(codePoint);
        return octets == null ? 0 : octets.length;
    }

    /** The septets of one character. */
    static Optional<byte[]> encode(int codePoint) {
        return Optional.ofNullable(OCTETS.get(codePoint)).map(byte[]::clone);
    }

    /** The text of unpacked septets; what is escaped becomes a blank. */
    static String decode(byte[] septets) {
        var text = new StringBuilder(septets.length);
        for (byte septet : septets) {
            text.append(septet < 0 || septet == ESCAPE ? ' ' : BASIC.charAt(septet));
        }
        return text.toString();
    }

    private static Map<Integer, byte[]> octets() {
        var octets = new HashMap<Integer, byte[]>();
        for (int place = 0; place < BASIC.length(); place++) {
            if (place != ESCAPE) {
                octets.put((int) BASIC.charAt(place), new byte[] {(byte) place});
            }
        }
        EXTENSION.forEach((point, place) -> octets.put(point, new byte[] {ESCAPE, place.byteValue()}));
        return octets;
    }
}
