package io.countersign.server.doctor;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An anchor that was written down elsewhere: {@code acme:12:9f86d0...}. */
public record KnownAnchor(String project, int number, String hash) {
    private static final Pattern FORM = Pattern.compile("([a-z0-9-]{1,63}):([1-9][0-9]{0,8}):([0-9a-fA-F]{64})");

    /** @throws IllegalArgumentException for a text of another form */
    public static KnownAnchor parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("an anchor is written PROJECT:NUMBER:HASH, not " + text);
        }
        return new KnownAnchor(form.group(1), Integer.parseInt(form.group(2)),
                form.group(3).toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return project + ":" + number + ":" + hash;
    }
}
