package io.countersign.server.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A part whose pieces are marks: two characters that no text has, with the number of the piece between them. HTML and
 * MJML can be parsed with them in, as a piece's own {@code <}, {@code >} and quotes could not.
 */
final class Marked {
    static final char BEGIN = '\uFDD0';
    static final char END = '\uFDD1';

    private final String text;
    private final List<int[]> anchors = new ArrayList<>();
    private final Written written;

    Marked(Written written, String text, List<int[]> anchors) {
        this.written = written;
        this.text = text;
        this.anchors.addAll(anchors);
    }

    /** Text that was made from what somebody wrote, so that its places mean nothing to them. */
    static Marked made(String part, String text) {
        return new Marked(new Written(part, ""), text, List.of());
    }

    String text() {
        return text;
    }

    String part() {
        return written.part();
    }

    /** Where something of the marked text was written. */
    Spot spot(int offset) {
        int[] last = null;
        for (int[] anchor : anchors) {
            if (anchor[0] > offset) {
                break;
            }
            last = anchor;
        }
        return last == null ? Spot.nowhere(written.part()) : written.spot(last[1] + offset - last[0]);
    }

    static String mark(int piece) {
        return "" + BEGIN + piece + END;
    }

    static String without(String text) {
        return text.indexOf(BEGIN) < 0 ? text : text.replaceAll(BEGIN + "[0-9]+" + END, "");
    }

    static boolean isIn(String text) {
        return text.indexOf(BEGIN) >= 0;
    }

    /** Calls with the number of each piece, in order. */
    static void forEach(String text, IntConsumer piece) {
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
            piece.accept(numberAt(text, at));
        }
    }

    /** The number of the piece whose mark begins there. */
    static int numberAt(String text, int at) {
        return Integer.parseInt(text, at + 1, text.indexOf(END, at), 10);
    }
}
