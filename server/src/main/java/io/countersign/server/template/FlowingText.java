package io.countersign.server.template;

/** Words with blanks and line breaks between them as few as they have to be; directives take no room. */
final class FlowingText {
    /** Spaces of no width and joiners, with which mails fill the line after their preheader. */
    private static final String UNSEEN = "\u200B\u200C\u200D\u2060\uFEFF\u034F\u00AD";
    private final StringBuilder text = new StringBuilder();
    private int breaks = 2;
    private int wantedBreaks;
    private boolean wantedBlank;
    private boolean endsWithBlank;

    void words(String words) {
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                wantedBlank = true;
            } else if (UNSEEN.indexOf(c) < 0) {
                settle();
                text.append(c);
            }
        }
    }

    /** A mark that stands for words. */
    void value(String mark) {
        settle();
        text.append(mark);
    }

    /** A mark that stands for none: what was wanted before it comes before it, and counts after it. */
    void directive(String mark) {
        int after = Math.max(breaks, wantedBreaks);
        boolean blank = wantedBlank && after == 0;
        settle();
        breaks = after;
        endsWithBlank = blank;
        text.append(mark);
    }

    /** At least so many line breaks come before what follows. */
    void lines(int atLeast) {
        wantedBreaks = Math.max(wantedBreaks, atLeast);
    }

    /** What follows comes right behind what there is. */
    void close() {
        wantedBreaks = 0;
        wantedBlank = false;
    }

    private void settle() {
        if (wantedBreaks > breaks) {
            text.repeat('\n', wantedBreaks - breaks);
        } else if (wantedBlank && breaks == 0 && !endsWithBlank) {
            text.append(' ');
        }
        endsWithBlank = false;
        breaks = 0;
        wantedBreaks = 0;
        wantedBlank = false;
    }

    int length() {
        return text.length();
    }

    String since(int length) {
        return text.substring(length);
    }

    String text() {
        return text.toString().strip();
    }
}
