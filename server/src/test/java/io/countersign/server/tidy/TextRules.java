package io.countersign.server.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules about lines, whatever they mean. The patterns are put together here so that they do not find
 * themselves.
 */
final class TextRules {
    private static final int LINE = 120;
    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");
    /** Folders that only one machine has. */
    private static final Pattern PLACE = Pattern.compile(
            "(?<![\\w.}-])/(ro" + "ot|wo" + "rk|ho" + "me/(?!USER)\\w+|Us" + "ers/\\w+|tmp/w"
            + "t)(?=/|\\b(?![-.:]))");
    private static final Pattern REGISTRY = Pattern.compile(
            "(repo1?\\.ma" + "ven\\.|registry\\.n" + "pmjs|py" + "pi\\.org|docker\\.i" + "o|gh" + "cr\\.io|qu"
            + "ay\\.io"
            + "|crat" + "es\\.io|proxy\\.gol" + "ang|ruby" + "gems\\.org|artifac"
            + "tory|https?://[\\w.-]*mir" + "ror)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET =
            Pattern.compile("BEGIN [A-Z ]*PRI" + "VATE KEY|AK" + "IA[0-9A-Z]{16}"
            + "|gh[ps]_[A-Za-z0-9]{36}|xo" + "x[abp]-[0-9A-Za-z-]{20,}|cs" + "k_[A-Za-z0-9_-]{43}");

    private TextRules() {}

    static List<Finding> tooWide(SourceFile file) {
        boolean counts = file.isJava() || file.path().endsWith(".jte");
        var found = new ArrayList<Finding>();
        for (int i = 0; counts && i < file.lines().size(); i++) {
            int columns = file.lines().get(i).length();
            if (columns > LINE) {
                found.add(Finding.at(file, i + 1, columns + " columns, more than " + LINE));
            }
        }
        return found;
    }

    static List<Finding> blanks(SourceFile file) {
        var found = new ArrayList<Finding>(each(file, Pattern.compile("\t"), "a tab"));
        found.addAll(each(file, Pattern.compile("[ \t\r]+$"), "blanks at the end of the line"));
        if (!file.text().isEmpty() && (!file.text().endsWith("\n") || file.text().endsWith("\n\n"))) {
            found.add(Finding.at(file, file.lines().size(), "the file does not end with one line break"));
        }
        return found;
    }

    static List<Finding> unfinished(SourceFile file) {
        return each(file, UNFINISHED, "unfinished: do it, or write it where plans are kept");
    }

    static List<Finding> placeOfOneMachine(SourceFile file) {
        return each(file, PLACE, "a folder of one machine");
    }

    static List<Finding> registry(SourceFile file) {
        return each(file, REGISTRY,
                "the host of a package registry: settings of a machine, not of the project");
    }

    static List<Finding> secret(SourceFile file) {
        return each(file, SECRET, "looks like a real secret");
    }

    private static List<Finding> each(SourceFile file, Pattern pattern, String what) {
        var found = new ArrayList<Finding>();
        List<String> lines = file.text().split("\n", -1).length == 0 ? List.of()
                : List.of(file.text().split("\n", -1));
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = pattern.matcher(lines.get(i));
            if (matcher.find()) {
                found.add(Finding.at(file, i + 1, what));
            }
        }
        return found;
    }
}
