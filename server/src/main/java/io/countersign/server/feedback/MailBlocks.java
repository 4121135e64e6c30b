package io.countersign.server.feedback;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.util.MimeUtil;

/**
 * Reads a mail from outside as a flat list: the outer mail first, then its parts and the mails inside of it, in their
 * order. Bounded in everything that the mail decides: whoever wrote it is not trusted.
 */
final class MailBlocks {
    /** Largest mail, in bytes. */
    static final int LARGEST = 1024 * 1024;
    private static final int MOST_BLOCKS = 100;
    private static final int DEEPEST = 8;
    private static final int MOST_HEADERS = 500;
    private static final int LONGEST_HEADER = 32 * 1024;
    private static final int LONGEST_TEXT = 64 * 1024;
    private static final MimeConfig BOUNDS = MimeConfig.custom().setMaxContentLen(LARGEST)
            .setMaxHeaderCount(MOST_HEADERS).setMaxHeaderLen(LONGEST_HEADER).setMaxLineLen(LARGEST).build();

    private final MimeTokenStream tokens = new MimeTokenStream(BOUNDS);
    private final List<MailBlock> blocks = new ArrayList<>();
    private Map<String, List<String>> headers = Map.of();
    private boolean mail;
    private int depth;

    private MailBlocks() {}

    static List<MailBlock> read(byte[] bytes) throws UnreadableMail {
        if (bytes.length > LARGEST) {
            throw new UnreadableMail("larger than " + LARGEST + " bytes");
        }
        var reading = new MailBlocks();
        try {
            reading.run(bytes);
        } catch (MimeException | IOException | IllegalArgumentException | IllegalStateException e) {
            throw new UnreadableMail("no mail in the sense of MIME, or beyond a bound");
        }
        if (reading.blocks.isEmpty() || reading.blocks.getFirst().headers().isEmpty()) {
            throw new UnreadableMail("no mail: it has no headers");
        }
        return List.copyOf(reading.blocks);
    }

    private void run(byte[] bytes) throws MimeException, IOException, UnreadableMail {
        tokens.parse(new ByteArrayInputStream(bytes));
        for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
            switch (state) {
                case T_START_MESSAGE -> {
                    mail = true;
                    deeper();
                }
                case T_START_MULTIPART -> {
                    add("");
                    deeper();
                }
                case T_END_MESSAGE, T_END_MULTIPART -> depth--;
                case T_START_HEADER -> headers = new LinkedHashMap<>();
                case T_FIELD -> take(tokens.getField());
                case T_BODY -> add(text());
                default -> { /* preambles, epilogues and ends tell nothing */ }
            }
        }
    }

    private void deeper() throws UnreadableMail {
        if (++depth > 2 * DEEPEST) {
            throw new UnreadableMail("nested too deep");
        }
    }

    private void take(Field field) {
        String value = MimeUtil.unfold(field.getBody() == null ? "" : field.getBody());
        headers.computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1)).add(value.strip());
    }

    private void add(String text) throws UnreadableMail {
        if (blocks.size() == MOST_BLOCKS) {
            throw new UnreadableMail("more than " + MOST_BLOCKS + " parts");
        }
        String type = tokens.getBodyDescriptor().getMimeType();
        blocks.add(new MailBlock(type == null ? "" : type.toLowerCase(Locale.ROOT), mail, headers, text));
        mail = false;
        headers = Map.of();
    }

    private String text() throws IOException {
        try (var body = tokens.getDecodedInputStream()) {
            return new String(body.readNBytes(LONGEST_TEXT), StandardCharsets.UTF_8);
        }
    }
}
