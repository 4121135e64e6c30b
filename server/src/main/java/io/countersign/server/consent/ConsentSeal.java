package io.countersign.server.consent;

import io.countersign.server.platform.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The keyed hash of a consent over all of its fields and the hash of the record before it
 * (docs/decisions/0026-consent-chain.md).
 */
public final class ConsentSeal {
    private static final String PURPOSE = "consent";
    private static final String ANCHOR = "anchor";

    private final Secrets secrets;

    public ConsentSeal(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * The hash of a record.
     *
     * @param fields   in the order of {@link ConsentStore#FIELDS}
     * @param previous of the record before; null for the first
     */
    byte[] hash(Object[] fields, byte[] previous) {
        return secrets.hash(PURPOSE, canonical(fields, previous));
    }

    /** The hash of an anchor over this content, after the one with this hash. */
    byte[] anchor(int number, byte[] previous, ConsentAnchors.Content content) {
        return secrets.hash(ANCHOR, canonical(new Object[] {number, content.until(), content.records(),
            content.digest()}, previous));
    }

    /** Each field with its length, so that no two records have one form; an absent one has the length -1. */
    private static byte[] canonical(Object[] fields, byte[] previous) {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = new DataOutputStream(bytes)) {
            for (Object field : fields) {
                write(out, field);
            }
            write(out, previous);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Object field) throws IOException {
        if (field == null) {
            out.writeInt(-1);
            return;
        }
        String text = field instanceof byte[] hash ? HexFormat.of().formatHex(hash) : field.toString();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
