package io.countersign.server.platform.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code Accept-Language} (RFC 9110, section 12.5.4): language ranges by falling weight.
 * Malformed members are left out, the others count; only the first 1000 characters are looked at.
 */
record AcceptLanguage(List<Range> ranges) {
    private static final int LONGEST = 1000;
    private static final Pattern MEMBER = Pattern.compile("(\\*|[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,8})"
            + "(?:[ \t]*;[ \t]*q=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?))?");

    /** One member; a weight of zero means "not this one". */
    record Range(String tag, double weight) {}

    static AcceptLanguage parse(String header) {
        String bounded = header.substring(0, Math.min(header.length(), LONGEST)).toLowerCase(Locale.ROOT);
        List<Range> ranges = new ArrayList<>();
        for (String member : bounded.split(",")) {
            Matcher parts = MEMBER.matcher(member.strip());
            if (parts.matches()) {
                String weight = parts.group(2);
                ranges.add(new Range(parts.group(1), weight == null ? 1 : Double.parseDouble(weight)));
            }
        }
        ranges.sort(Comparator.comparingDouble(Range::weight).reversed());
        return new AcceptLanguage(List.copyOf(ranges));
    }

    /** The first range with a language among {@code tags}; {@code *} stands for {@code other}. */
    Optional<String> bestOf(Set<String> tags, String other) {
        return ranges.stream()
                .filter(range -> range.weight() > 0)
                .map(range -> range.tag().equals("*") ? Optional.of(other) : lookup(range.tag(), tags))
                .flatMap(Optional::stream)
                .filter(tag -> !refused(tag))
                .findFirst();
    }

    /** Looks a range up, giving up its last subtag until something fits: {@code pt-br}, then {@code pt}. */
    static Optional<String> lookup(String range, Set<String> tags) {
        for (String rest = range.toLowerCase(Locale.ROOT); !rest.isEmpty(); rest = withoutLast(rest)) {
            if (tags.contains(rest)) {
                return Optional.of(rest);
            }
        }
        return Optional.empty();
    }

    private boolean refused(String tag) {
        return ranges.stream().anyMatch(range -> range.weight() == 0 && range.tag().equals(tag));
    }

    private static String withoutLast(String tag) {
        return tag.substring(0, Math.max(0, tag.lastIndexOf('-')));
    }
}
