package io.countersign.acceptance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A signature in a mail, checked by the rules of RFC 6376 (relaxed/relaxed) and RFC 8463 with nothing of the server's:
 * the library that checks those of RSA knows no Ed25519.
 *
 * @param field the whole header field
 * @param tags  what it says, without blanks
 */
record DkimSignature(String field, Map<String, String> tags) {
    /** What stands before the 32 bytes of a public key in the form that the JDK reads. */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    /** Those of a mail, in their order. */
    static List<DkimSignature> of(byte[] mail) {
        return Split.of(mail).fields().stream().filter(field -> name(field).equals("dkim-signature"))
                .map(field -> new DkimSignature(field, tags(field.substring(field.indexOf(':') + 1)))).toList();
    }

    /** The names of the fields that it covers, as often as it covers them. */
    List<String> covered() {
        return List.of(tags.get("h").toLowerCase(Locale.ROOT).split(":"));
    }

    /** The name that the key is published under. */
    String keyName() {
        return tags.get("s") + "._domainkey." + tags.get("d");
    }

    /** @param record what is published there */
    boolean verifies(byte[] mail, String record) throws GeneralSecurityException {
        var split = Split.of(mail);
        byte[] bodyHash = sha256(relaxedBody(split.body()));
        if (!Arrays.equals(bodyHash, Base64.getDecoder().decode(tags.get("bh")))) {
            return false;
        }
        byte[] signed = signed(split).getBytes(StandardCharsets.ISO_8859_1);
        boolean short25519 = tags.get("a").equals("ed25519-sha256");
        var signature = Signature.getInstance(short25519 ? "Ed25519" : "SHA256withRSA");
        signature.initVerify(key(short25519, Base64.getDecoder().decode(tags(record).get("p"))));
        signature.update(short25519 ? sha256(signed) : signed);
        return signature.verify(Base64.getDecoder().decode(tags.get("b")));
    }

    private static PublicKey key(boolean short25519, byte[] published) throws GeneralSecurityException {
        byte[] encoded = published;
        if (short25519) {
            encoded = Arrays.copyOf(ED25519, ED25519.length + published.length);
            System.arraycopy(published, 0, encoded, ED25519.length, published.length);
        }
        return KeyFactory.getInstance(short25519 ? "Ed25519" : "RSA").generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** The covered fields, of several with one name the last first, and this one without its signature. */
    private String signed(Split split) {
        var left = new ArrayList<>(split.fields());
        var signed = new StringBuilder();
        for (String name : covered()) {
            for (int i = left.size() - 1; i >= 0; i--) {
                if (name(left.get(i)).equals(name)) {
                    signed.append(relaxed(left.remove(i))).append("\r\n");
                    break;
                }
            }
        }
        return signed.append(relaxed(field.replaceFirst("([;\\s]b\\s*=)[^;]*", "$1"))).toString();
    }

    /** A mail taken apart, a character for each byte. */
    private record Split(List<String> fields, String body) {
        static Split of(byte[] mail) {
            String text = new String(mail, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            return new Split(List.of(text.substring(0, end).split("\r\n(?![ \t])")), text.substring(end + 4));
        }
    }

    private static String name(String field) {
        return field.substring(0, field.indexOf(':')).strip().toLowerCase(Locale.ROOT);
    }

    private static String relaxed(String field) {
        return name(field) + ":" + field.substring(field.indexOf(':') + 1).replaceAll("[ \t\r\n]+", " ").strip();
    }

    private static byte[] relaxedBody(String body) {
        String lines = body.replaceAll("[ \t]+", " ").replaceAll(" (?=\r\n)", "").replaceFirst("(\r\n)*$", "");
        return (lines.isEmpty() ? "" : lines + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Map<String, String> tags(String list) {
        var tags = new LinkedHashMap<String, String>();
        for (String tag : list.split(";")) {
            int equals = tag.indexOf('=');
            if (equals > 0) {
                tags.put(tag.substring(0, equals).strip(), tag.substring(equals + 1).replaceAll("\\s", ""));
            }
        }
        return tags;
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
