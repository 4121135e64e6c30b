package io.countersign.server.template;

import java.io.IOException;
import java.io.Writer;

/** What is written, up to a limit. */
final class BoundedText extends Writer {
    private final StringBuilder text;
    private final int longest;

    BoundedText(int longest, int expected) {
        this.longest = longest;
        this.text = new StringBuilder(Math.min(longest, expected + 256));
    }

    /** More was written than may be. */
    static final class Full extends IOException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public void write(char[] from, int offset, int length) throws Full {
        require(length);
        text.append(from, offset, length);
    }

    @Override
    public void write(String from) throws Full {
        require(from.length());
        text.append(from);
    }

    @Override
    public void write(int c) throws Full {
        require(1);
        text.append((char) c);
    }

    private void require(int more) throws Full {
        if (text.length() + more > longest) {
            throw new Full();
        }
    }

    @Override
    public void flush() {
        // there is nothing behind it
    }

    @Override
    public void close() {
        // there is nothing behind it
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
