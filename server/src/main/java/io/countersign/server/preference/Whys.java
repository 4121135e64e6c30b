package io.countersign.server.preference;

import io.countersign.server.link.Visit;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.preference.PreferenceView.Why;
import io.countersign.server.project.Catalogs;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** Tells a person in plain words why a brand writes to him: his own record, newest first. */
final class Whys {
    private static final int MOST = 20;

    private final Database database;
    private final Catalogs catalogs;

    Whys(Database database, Catalogs catalogs) {
        this.database = database;
        this.catalogs = catalogs;
    }

    List<Why> of(Visit visit) {
        List<WhyStore.Change> changes = database.with(tx -> WhyStore.find(tx, visit.message()));
        ZoneId zone = catalogs.current().project(visit.message().project()).orElseThrow().timeZone();
        return moments(changes).stream().limit(MOST).map(moment -> why(visit, moment, zone)).toList();
    }

    private record Key(Instant at, String source) {}

    /** What happened in one act is told once. */
    private static List<List<WhyStore.Change>> moments(List<WhyStore.Change> changes) {
        var moments = new LinkedHashMap<Key, List<WhyStore.Change>>();
        changes.forEach(change -> moments.computeIfAbsent(new Key(change.at(), change.source()),
                _ -> new ArrayList<>()).add(change));
        return List.copyOf(moments.values());
    }

    private static Why why(Visit visit, List<WhyStore.Change> moment, ZoneId zone) {
        Texts texts = visit.texts();
        WhyStore.Change change = moment.getFirst();
        boolean left = moment.stream().allMatch(one -> "unsubscribed".equals(one.after()));
        String at = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(Locale.forLanguageTag(texts.tag())).format(change.at().atZone(zone));
        return new Why(at, change.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                texts.text(how(change.source(), left), "brand", visit.brand()), change.page(),
                change.ip().filter(_ -> isOfPerson(change.source())).map(Whys::shortened), change.wording());
    }

    /** Where an operator sits is nothing that a person did. */
    private static boolean isOfPerson(String source) {
        return !source.equals("manual");
    }

    /** The sentence for a way in; source names are those of the history. */
    static String how(String source, boolean left) {
        if (left) {
            return "why.left";
        }
        return switch (source) {
            case "form" -> "why.form";
            case "confirmation_page", "confirmation_link", "ticket" -> "why.confirmed";
            case "preference_page" -> "why.preferences";
            case "manual" -> "why.manual";
            default -> source.startsWith("operation:") ? "why.operation"
                    : source.contains("import") || source.contains("file") ? "why.list" : "why.other";
        };
    }

    /** Enough to know one's own connection again, and too little for whoever else holds the link. */
    static String shortened(String ip) {
        if (ip.contains(":")) {
            String[] groups = ip.split(":", -1);
            return String.join(":", List.of(groups).subList(0, Math.min(3, groups.length))) + ":…";
        }
        return ip.contains(".") ? ip.substring(0, ip.lastIndexOf('.')) + ".…" : "…";
    }
}
