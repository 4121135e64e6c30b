package io.countersign.server.platform.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of a body that is too large to hold: strict UTF-8, each bounded, their number too. */
public final class BodyLines {
    private final InputStream in;
    private final int longest;
    private final int most;
    private int number;

    /**
     * @param longest line, in bytes
     * @param most    lines
     */
    public BodyLines(InputStream in, int longest, int most) {
        this.in = new BufferedInputStream(in, 64 * 1024);
        this.longest = longest;
        this.most = most;
    }

    /** The number of the line that was read last, from 1. */
    public int number() {
        return number;
    }

    /** The next line without its end; blank ones are stepped over; empty at the end. */
    public Optional<String> next() throws IOException {
        while (true) {
            Optional<String> line = any();
            if (line.isEmpty() || !line.get().isBlank()) {
                return line.map(String::strip);
            }
        }
    }

    private Optional<String> any() throws IOException {
        var line = new ByteArrayOutputStream(256);
        int octet = in.read();
        if (octet < 0) {
            return Optional.empty();
        }
        if (++number > most) {
            throw new ProblemException(Problem.BODY_TOO_LARGE, "The body may have at most " + most + " lines.");
        }
        while (octet >= 0 && octet != '\n') {
            if (line.size() == longest) {
                throw new ProblemException(Problem.INVALID_VALUE, "Line " + number + " has more than " + longest
                        + " bytes.");
            }
            line.write(octet);
            octet = in.read();
        }
        String text = Utf8.decode(line.toByteArray());
        if (!Utf8.isStorable(text)) {
            throw new ProblemException(Problem.MALFORMED_UTF8, "Line " + number + " has U+0000.");
        }
        return Optional.of(number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text);
    }
}
