package io.countersign.server.tidy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rules about Markdown pages. */
final class PageRules {
    private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern OUTSIDE = Pattern.compile("[a-z][a-z0-9+.-]*:.*|//.*");
    private static final Pattern HEADING = Pattern.compile("#{1,6}\\s+(.*?)\\s*#*\\s*");
    private static final Pattern PLACE = Pattern.compile("<a\\s+(?:id|name)=\"([^\"]+)\"");
    private static final Pattern VERSION =
            Pattern.compile("## \\[?\\d+\\.\\d+\\.\\d+]?( - \\d{4}-\\d{2}-\\d{2})");
    private static final List<String> PARTS =
            List.of("Security", "Removed", "Deprecated", "Changed", "Added", "Fixed");

    private PageRules() {}

    /**
     * Relative links that lead nowhere: to no file, or to no heading of a page.
     *
     * @param exists whether there is a file or folder at a path from the root, of whatever kind
     */
    static List<Finding> deadLinks(List<SourceFile> files, Predicate<String> exists) {
        List<SourceFile> pages = files.stream().filter(PageRules::isPage).toList();
        Map<String, Set<String>> anchors = pages.stream()
                .collect(Collectors.toMap(SourceFile::path, page -> anchors(page.lines())));
        var found = new ArrayList<Finding>();
        for (SourceFile page : pages) {
            List<String> lines = prose(page.lines());
            for (int i = 0; i < lines.size(); i++) {
                Matcher link = LINK.matcher(lines.get(i));
                while (link.find()) {
                    if (isDead(page.path(), link.group(1), anchors, exists)) {
                        found.add(Finding.at(page, i + 1, "the link " + link.group(1) + " leads nowhere"));
                    }
                }
            }
        }
        return found;
    }

    private static boolean isDead(String from, String link, Map<String, Set<String>> anchors,
                                  Predicate<String> exists) {
        if (OUTSIDE.matcher(link).matches()) {
            return false;
        }
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        String target = file.isEmpty() ? from : resolve(from, file);
        if (target == null || !file.isEmpty() && !exists.test(target)) {
            return true;
        }
        return hash >= 0 && anchors.containsKey(target) && !anchors.get(target)
                .contains(link.substring(hash + 1));
    }

    /** The path from the root; null for one that leaves the project. */
    private static String resolve(String from, String link) {
        var path = new ArrayList<String>(List.of(from.split("/")));
        path.removeLast();
        for (String step : link.split("/")) {
            if (step.equals("..") && path.isEmpty() || step.isEmpty() && path.isEmpty()) {
                return null;
            } else if (step.equals("..")) {
                path.removeLast();
            } else if (!step.equals(".") && !step.isEmpty()) {
                path.add(step);
            }
        }
        return String.join("/", path);
    }

    /** The names of a page's headings, as the usual renderers give them, and places marked by hand. */
    static Set<String> anchors(List<String> lines) {
        var anchors = new HashSet<String>();
        var times = new HashMap<String, Integer>();
        for (String line : withoutFences(lines)) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String slug = slug(heading.group(1));
                int before = times.merge(slug, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? slug : slug + "-" + before);
            }
            PLACE.matcher(line).results().forEach(place -> anchors.add(place.group(1)));
        }
        return anchors;
    }

    private static String slug(String heading) {
        return heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
    }

    private static List<String> prose(List<String> lines) {
        return withoutFences(lines).stream().map(line -> line.replaceAll("`[^`]*`", "")).toList();
    }

    /** Lines inside code fences become empty, so that the numbers of lines stay. */
    private static List<String> withoutFences(List<String> lines) {
        var prose = new ArrayList<String>();
        boolean code = false;
        for (String line : lines) {
            boolean fence = line.strip().startsWith("```");
            prose.add(code || fence ? "" : line);
            code ^= fence;
        }
        return prose;
    }

    private static boolean isPage(SourceFile file) {
        return file.path().endsWith(".md");
    }

    /** Unreleased on top, then versions with their days, each with known parts that say something. */
    static List<Finding> changelog(SourceFile file) {
        var found = new ArrayList<Finding>();
        List<String> lines = file.lines();
        List<String> heads = lines.stream().filter(line -> line.startsWith("## ")).toList();
        if (lines.isEmpty() || !lines.getFirst().equals("# Changelog")) {
            found.add(Finding.at(file, 1, "begins with # Changelog"));
        }
        if (heads.isEmpty() || !heads.getFirst().equals("## Unreleased")) {
            found.add(Finding.at(file, 0, "## Unreleased comes first"));
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("## ") && !line.equals("## Unreleased") && !VERSION.matcher(line).matches()) {
                found.add(Finding.at(file, i + 1, "a version is written ## 1.2.3 - 2026-01-31"));
            }
            if (line.startsWith("### ") && !PARTS.contains(line.substring(4))) {
                found.add(Finding.at(file, i + 1, "a part is one of " + String.join(", ", PARTS)));
            }
        }
        return found;
    }

    /** Direct dependencies of the modules that the page about them does not name in backticks. */
    static List<Finding> unexplained(List<SourceFile> poms, SourceFile page) {
        Set<String> named = Pattern.compile("`([^`\\s]+)`").matcher(page.text()).results()
                .map(result -> result.group(1)).collect(Collectors.toSet());
        var found = new ArrayList<Finding>();
        for (SourceFile pom : poms) {
            dependencies(pom).stream().filter(artifact -> !named.contains(artifact))
                    .forEach(artifact -> found.add(Finding.at(pom, 0,
                            "the dependency " + artifact + " has no reason in " + page.path())));
        }
        return found;
    }

    /** The artefacts that a pom depends on itself, without the project's own modules. */
    static List<String> dependencies(SourceFile pom) {
        String text = pom.text().replaceAll("(?s)<!--.*?-->|<dependencyManagement>.*?</dependencyManagement>"
                + "|<build>.*?</build>|<exclusions>.*?</exclusions>", "");
        return Pattern.compile("(?s)<dependency>(.*?)</dependency>").matcher(text).results()
                .map(result -> result.group(1))
                .filter(dependency -> !dependency.contains("<groupId>io.countersign<"))
                .map(dependency -> dependency.replaceAll("(?s).*<artifactId>\\s*(.*?)\\s*</artifactId>.*",
                "$1"))
                .toList();
    }
}
