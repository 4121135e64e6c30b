package io.countersign.server.template;

import io.countersign.server.template.Expression.BuiltIn;
import io.countersign.server.template.Expression.Words;
import io.countersign.server.template.Type.Value;
import java.text.DecimalFormat;
import java.text.SimpleDateFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Patterns of {@code ?string}. */
final class Formats {
    static final int LONGEST_ARGUMENT = 40;
    private static final Pattern NAMED = Pattern.compile(
            "(short|medium|long|full)(_(short|medium|long|full))?|number|currency|percent|iso");

    private Formats() {}

    /** Whether it may stand as {@code ?string.medium}. */
    static boolean isNamed(String name) {
        return NAMED.matcher(name).matches();
    }

    /** @throws Unreadable for a pattern that cannot format what it is used on */
    static void require(BuiltIn builtIn, Type of) {
        if (!builtIn.name().equals("string") || builtIn.arguments().size() != 1) {
            return;
        }
        if (!(builtIn.arguments().getFirst() instanceof Words(int at, String pattern))
                || pattern.length() > LONGEST_ARGUMENT || pattern.startsWith("@")) {
            throw new Unreadable(builtIn.at(), FaultCode.FORBIDDEN, "a pattern is written out, of at most "
                    + LONGEST_ARGUMENT + " characters");
        }
        try {
            if (!isNamed(pattern) && of == Value.MOMENT) {
                var _ = new SimpleDateFormat(pattern, Locale.ROOT);
            } else if (!isNamed(pattern) && of == Value.NUMBER) {
                var _ = new DecimalFormat(pattern);
            }
        } catch (IllegalArgumentException e) {
            throw new Unreadable(at, FaultCode.SYNTAX, "not a pattern for this");
        }
    }
}
