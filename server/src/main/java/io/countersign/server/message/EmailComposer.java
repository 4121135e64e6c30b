package io.countersign.server.message;

import io.countersign.server.dkim.SignedMail;
import io.countersign.server.dkim.Signer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes the MIME bytes of a mail (RFC 5322, 2045-2047), CRLF line breaks, without dot-stuffing.
 * Deterministic. Written by hand because a message object per mail costs several times the sending itself;
 * reading back is tested with a real parser. The text of a mail of one part always ends with a line break.
 */
public final class EmailComposer {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss '+0000'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    /** Mails of a campaign were made together: most have the date of the one before. */
    private volatile Dated last = new Dated(Instant.EPOCH, DATE.format(Instant.EPOCH));

    private record Dated(Instant date, String written) {}

    /**
     * The whole message. ASCII throughout, unless {@link OutgoingEmail#needsSmtpUtf8()}: then addresses are
     * UTF-8.
     */
    public byte[] compose(OutgoingEmail email) {
        var body = email.body();
        var head = headers(email);
        var out = new ByteArrayOutputStream(1024 + 2 * (body.text().length() + body.html().length()));
        if (body.html().isEmpty()) {
            writePart(head, out, "plain", closed(body.text()));
        } else if (body.text().isEmpty()) {
            writePart(head, out, "html", closed(body.html()));
        } else {
            writeAlternative(head, out, email);
        }
        return signed(head.toString(), out.toByteArray(), email.origin().signers());
    }

    /** Signatures stand above what they sign. */
    private static byte[] signed(String head, byte[] body, List<Signer> signers) {
        var signatures = new StringBuilder();
        if (!signers.isEmpty()) {
            var signed = SignedMail.of(head, body);
            signers.forEach(signer -> signatures.append(signer.sign(signed)));
        }
        byte[] start = signatures.append(head).append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        return whole;
    }

    private StringBuilder headers(OutgoingEmail email) {
        var out = new StringBuilder(1024);
        out.append("Date: ").append(date(email.date())).append("\r\n");
        out.append(HeaderText.mailbox("From", email.from()));
        out.append(HeaderText.mailbox("To", email.to()));
        out.append("Message-ID: ").append(email.messageIdHeader()).append("\r\n");
        out.append(HeaderText.unstructured("Subject", email.subject()));
        out.append("Auto-Submitted: auto-generated\r\n");
        email.headers().values().forEach((name, value) -> out.append(name).append(": ").append(value).append("\r\n"));
        return out.append("MIME-Version: 1.0\r\n");
    }

    /**
     * The last line of a message is a whole line; a server would add the break otherwise, and the bytes were
     * not ours.
     */
    private static String closed(String content) {
        return content.endsWith("\n") || content.endsWith("\r") ? content : content + "\n";
    }

    private String date(Instant date) {
        Dated known = last;
        if (!known.date().equals(date)) {
            known = new Dated(date, DATE.format(date));
            last = known;
        }
        return known.written();
    }

    private static void writeAlternative(StringBuilder head, ByteArrayOutputStream out, OutgoingEmail email) {
        var boundary = BodyText.BOUNDARY_MARK + email.messageId();
        head.append("Content-Type: multipart/alternative; boundary=\"").append(boundary).append("\"\r\n");
        writeInner(out, boundary, "plain", email.body().text());
        writeInner(out, boundary, "html", email.body().html());
        write(out, "\r\n--" + boundary + "--\r\n");
    }

    private static void writeInner(ByteArrayOutputStream out, String boundary, String subtype, String content) {
        var text = BodyText.of(content);
        write(out, "\r\n--" + boundary + "\r\n" + type(subtype, text) + "\r\n");
        text.writeTo(out);
    }

    private static void writePart(StringBuilder head, ByteArrayOutputStream out, String subtype, String content) {
        var text = BodyText.of(content);
        head.append(type(subtype, text));
        text.writeTo(out);
    }

    private static String type(String subtype, BodyText text) {
        return "Content-Type: text/" + subtype + "; charset=UTF-8\r\nContent-Transfer-Encoding: "
                + text.encoding() + "\r\n";
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
