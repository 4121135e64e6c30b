package io.countersign.server.confirmation;

import io.countersign.domain.project.ProjectId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secret part of a link. Its text carries its project, so that it is looked up there and nowhere else; 192 bits
 * from the secure random source follow.
 */
record Ticket(ProjectId project, String secret) {
    static final int SECRET_BYTES = 24;
    private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,6})-([A-Za-z0-9_-]{32})");

    /** The ticket of a text; empty for what never was one. */
    static Optional<Ticket> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long project = Long.parseLong(parts.group(1), Character.MAX_RADIX);
        return project > Integer.MAX_VALUE ? Optional.empty()
                : Optional.of(new Ticket(new ProjectId((int) project), parts.group(2)));
    }

    /** As it stands in the link. */
    String text() {
        return Integer.toString(project.value(), Character.MAX_RADIX) + '-' + secret;
    }

    /** What its keyed hash is made of: the same secret in another project is another ticket. */
    String hashed() {
        return project.value() + ":" + secret;
    }

    @Override
    public String toString() {
        return "Ticket[project=" + project.value() + "]";
    }
}
