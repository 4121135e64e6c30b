package io.countersign.server.link;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Bytes as a local part of a mail address: base 32 (RFC 4648) in small letters, without padding. Mail servers change
 * the case of local parts and cut those of more than 64 characters, so capitals count as small letters.
 */
final class AddressText {
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS = 5;

    private AddressText() {}

    /** @param bytes a multiple of five of them, so that each text stands for other bytes */
    static String of(byte[] bytes) {
        var text = new StringBuilder(bytes.length * Byte.SIZE / BITS);
        int held = 0;
        int bits = 0;
        for (byte next : bytes) {
            held = held << Byte.SIZE | next & 0xFF;
            bits += Byte.SIZE;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(DIGITS.charAt(held >> bits & 0x1F));
            }
        }
        return text.toString();
    }

    /** Empty for what is not a text of so many bytes. */
    static Optional<byte[]> read(String text, int length) {
        if (text.length() != length * Byte.SIZE / BITS) {
            return Optional.empty();
        }
        var bytes = new byte[length];
        int size = 0;
        int held = 0;
        int bits = 0;
        for (char next : text.toLowerCase(Locale.ROOT).toCharArray()) {
            int digit = DIGITS.indexOf(next);
            if (digit < 0) {
                return Optional.empty();
            }
            held = held << BITS | digit;
            bits += BITS;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes[size++] = (byte) (held >> bits);
            }
        }
        return Optional.of(Arrays.copyOf(bytes, size));
    }
}
