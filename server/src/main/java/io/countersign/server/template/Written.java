package io.countersign.server.template;

import java.util.Arrays;

/** One part of a text as somebody wrote it, with its lines. */
final class Written {
    private final String part;
    private final String text;
    private final int[] lineStarts;

    /** Line ends become line feeds; lines stay the same. */
    Written(String part, String written) {
        this.part = part;
        this.text = written.replace("\r\n", "\n").replace('\r', '\n');
        this.lineStarts = Lines.starts(text);
    }

    String part() {
        return part;
    }

    String text() {
        return text;
    }

    /** Where it has a character of our marks, which no text may have, or -1. */
    int indexOfMark() {
        int begin = text.indexOf(Marked.BEGIN);
        return begin >= 0 ? begin : text.indexOf(Marked.END);
    }

    Spot spot(int offset) {
        int line = Lines.lineOf(lineStarts, offset);
        return new Spot(part, line + 1, offset - lineStarts[line] + 1);
    }

    /** Offsets and lines of a text. */
    static final class Lines {
        private Lines() {}

        static int[] starts(String text) {
            var starts = new int[16];
            int lines = 1;
            for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
                if (lines == starts.length) {
                    starts = Arrays.copyOf(starts, lines * 2);
                }
                starts[lines++] = at + 1;
            }
            return Arrays.copyOf(starts, lines);
        }

        /** From 0. */
        static int lineOf(int[] starts, int offset) {
            int found = Arrays.binarySearch(starts, offset);
            return found >= 0 ? found : -found - 2;
        }
    }
}
