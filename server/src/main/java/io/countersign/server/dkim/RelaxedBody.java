package io.countersign.server.dkim;

import java.util.Arrays;

/** A body in the form that is hashed: runs of blanks as one, none at the end of a line, no empty lines at the end. */
final class RelaxedBody {
    private RelaxedBody() {}

    /** @param body lines that end with CRLF; a last one without is completed */
    static byte[] of(byte[] body) {
        var relaxed = new byte[body.length + 2];
        int size = 0;
        int kept = 0;       // up to the end of the last line that is not empty
        int line = 0;       // where the line began
        boolean blank = false;
        for (byte next : body) {
            if (next == '\r') {
                continue;
            }
            if (next == ' ' || next == '\t') {
                blank = true;
                continue;
            }
            if (next == '\n') {
                boolean empty = size == line;
                relaxed[size++] = '\r';
                relaxed[size++] = '\n';
                kept = empty ? kept : size;
                line = size;
            } else {
                if (blank) {
                    relaxed[size++] = ' ';
                }
                relaxed[size++] = next;
            }
            blank = false;
        }
        if (size > line) {
            relaxed[size++] = '\r';
            relaxed[size++] = '\n';
            kept = size;
        }
        return Arrays.copyOf(relaxed, kept);
    }
}
