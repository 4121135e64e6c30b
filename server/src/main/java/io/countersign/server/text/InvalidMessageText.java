package io.countersign.server.text;

/** A message text that cannot be sent: which part, where in it, and why, for whoever wrote it. */
public final class InvalidMessageText extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String part;
    private final String what;

    /**
     * @param part     {@code subject}, {@code html} or {@code text}
     * @param position the character of the part at which it begins, from 1
     */
    InvalidMessageText(String part, int position, String why) {
        this(part, "character " + position + ": " + why);
    }

    private InvalidMessageText(String part, String what) {
        super(part + ", " + what);
        this.part = part;
        this.what = what;
    }

    public String part() {
        return part;
    }

    /** What is wrong and where, for who knows the part. */
    public String what() {
        return what;
    }
}
