package io.countersign.server.text;

/** A message text that cannot be sent: which part, where in it, and why, for whoever wrote it. */
public final class InvalidMessageText extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String part;
    private final int position;

    /**
     * @param part     {@code subject}, {@code html} or {@code text}
     * @param position the character of the part at which it begins, from 1
     */
    InvalidMessageText(String part, int position, String why) {
        super(part + ", character " + position + ": " + why);
        this.part = part;
        this.position = position;
    }

    public String part() {
        return part;
    }

    public int position() {
        return position;
    }
}
