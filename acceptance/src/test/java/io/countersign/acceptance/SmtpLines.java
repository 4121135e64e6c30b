package io.countersign.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads commands and messages of an SMTP client out of one buffer; bounded. */
final class SmtpLines {
    private static final int MAX_COMMAND = 2_048;
    private static final int MAX_MESSAGE = 40 * 1024 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[32 * 1024];
    private int next;
    private int end;
    private boolean atLineStart;

    SmtpLines(InputStream in) {
        this.in = in;
    }

    /** Whether something is already here to be read. */
    boolean hasMore() {
        return next < end;
    }

    /** One line without its end; null when the client is gone. */
    String command() throws IOException {
        var line = new ByteArrayOutputStream(80);
        while (fill()) {
            byte b = buffer[next++];
            if (b == '\n') {
                return line.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            if (line.size() >= MAX_COMMAND) {
                throw new IOException("command too long");
            }
            line.write(b);
        }
        return null;
    }

    /** Up to the line with a single dot, which is taken off, as are the dots put before others. */
    byte[] message() throws IOException {
        var message = new ByteArrayOutputStream(8 * 1024);
        atLineStart = true;
        while (message.size() < MAX_MESSAGE) {
            if (!fill()) {
                throw new IOException("message not finished");
            }
            if (buffer[next] == '.' && atLineStart) {
                next++;
                if (!fill()) {
                    throw new IOException("message not finished");
                }
                if (buffer[next] == '\r') {
                    skip(2);
                    return message.toByteArray();
                }
            }
            copyLine(message);
        }
        throw new IOException("message too large");
    }

    /** To the end of the line or of the buffer, whichever comes first. */
    private void copyLine(ByteArrayOutputStream message) {
        int from = next;
        while (next < end && buffer[next] != '\n') {
            next++;
        }
        atLineStart = next < end;
        next += atLineStart ? 1 : 0;
        message.write(buffer, from, next - from);
    }

    private void skip(int octets) throws IOException {
        for (int i = 0; i < octets && fill(); i++) {
            next++;
        }
    }

    private boolean fill() throws IOException {
        if (next < end) {
            return true;
        }
        next = 0;
        end = in.read(buffer);
        return end > 0;
    }
}
