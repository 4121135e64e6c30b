package io.countersign.server.message;

import io.countersign.server.message.SmsText.Encoding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text as the octets that go to an SMS centre, one array per part. Parts of a longer text begin with the header that
 * tells the phone how to join them; the retry of a message carries the same reference, so that a phone can join parts
 * of both.
 */
record SmsParts(Encoding encoding, List<byte[]> octets) {
    /** Header of a part: length, "joined, with a reference of 8 bits", its length, reference, how many, which. */
    private static final byte[] JOINED = {5, 0, 3};

    /** Whether the parts begin with a header. */
    boolean isJoined() {
        return octets.size() > 1;
    }

    static SmsParts of(OutgoingSms sms) {
        Encoding encoding = SmsText.of(sms.text()).encoding();
        List<byte[]> bodies = bodies(sms.text(), encoding);
        if (bodies.size() == 1) {
            return new SmsParts(encoding, bodies);
        }
        byte reference = (byte) sms.message().hashCode();
        var parts = new ArrayList<byte[]>();
        for (byte[] body : bodies) {
            var part = new ByteArrayOutputStream();
            part.writeBytes(JOINED);
            part.write(reference);
            part.write(bodies.size());
            part.write(parts.size() + 1);
            part.writeBytes(body);
            parts.add(part.toByteArray());
        }
        return new SmsParts(encoding, List.copyOf(parts));
    }

    /** Cuts between characters only. */
    private static List<byte[]> bodies(String text, Encoding encoding) {
        int octetsPerUnit = encoding == Encoding.GSM_7 ? 1 : 2;
        boolean alone = SmsText.of(text).segments() == 1;
        int room = octetsPerUnit * (alone ? encoding.alone() : encoding.joined());
        var bodies = new ArrayList<byte[]>();
        var body = new ByteArrayOutputStream();
        for (int point : text.codePoints().toArray()) {
            byte[] character = octets(point, encoding);
            if (body.size() + character.length > room) {
                bodies.add(body.toByteArray());
                body.reset();
            }
            body.writeBytes(character);
        }
        bodies.add(body.toByteArray());
        return List.copyOf(bodies);
    }

    private static byte[] octets(int point, Encoding encoding) {
        return switch (encoding) {
            case GSM_7 -> GsmAlphabet.encode(point).orElseThrow();
            case UCS_2 -> Character.toString(point).getBytes(StandardCharsets.UTF_16BE);
        };
    }
}
