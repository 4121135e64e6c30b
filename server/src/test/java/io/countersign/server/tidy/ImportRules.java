package io.countersign.server.tidy;

import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Who may know whom. Names count whether they are imported or written out. */
final class ImportRules {
    /** All that the rules may use of the Java library: nothing that reads, sends, waits or tells the time. */
    private static final Pattern PURE = Pattern.compile(
            "java\\.(lang(?!\\.(reflect|Thread|Process|System|Runtime)).*|math|text|util"
            + "(?!\\.(concurrent|Random|Timer|Scanner|logging|prefs|zip|jar)).*"
            + "|time(?!\\.(Clock|InstantSource)).*)(\\..*)?|io\\.countersign\\.domain(\\..*)?");
    private static final Pattern NAME =
            Pattern.compile("(java|javax|jakarta|io|com|org|tools|gg|info)(\\.\\w+)+");
    private static final Set<String> JDBC = Set.of("platform.database", "platform.postgres");
    /** Where SQL is written, and so may fail: by the ending of the name, or by the whole name. */
    private static final Pattern SQL =
            Pattern.compile(".*(Store|Rows|Queue|Writer|Table)|Migrations|ServerKey"
            + "|Catalogs|Catcher|Customers|Dispatcher|Evidence|Loading|Writing|ProvisionRun|Provisioning"
            + "|References|ShownForms|Tickets");

    private ImportRules() {}

    /** The domain knows the Java library's values and itself. */
    static List<Finding> domainIsPure(ParsedJava java) {
        return java.file().module().equals("domain") && java.file().isProduct()
                ? findings(java, name -> !PURE.matcher(name).matches(),
                "the domain has no dependency, no I/O, no clock: ")
                : List.of();
    }

    /** The toolkit of HTTP stays at the edge. */
    static List<Finding> helidonIsAtTheEdge(ParsedJava java) {
        return java.file().isProduct() && !java.file().packageBelow().equals("platform.http")
                ? findings(java, name -> name.startsWith("io.helidon."),
                "only platform.http knows the toolkit: ")
                : List.of();
    }

    /** Connections and result sets stay in two packages; who writes SQL knows that it may fail. */
    static List<Finding> jdbcIsInItsPlace(ParsedJava java) {
        if (!java.file().isProduct() || JDBC.contains(java.file().packageBelow())) {
            return List.of();
        }
        boolean writesSql = SQL.matcher(java.file().name()).matches();
        return findings(java, name -> name.startsWith("java.sql.")
                && !(writesSql && name.equals("java.sql.SQLException")), "SQL is for stores: ");
    }

    /** The platform knows no feature. */
    static List<Finding> platformKnowsNoFeature(ParsedJava java) {
        String own = "io.countersign." + java.file().module() + ".";
        return java.file().isProduct() && java.file().feature().equals("platform")
                ? findings(java, name -> name.startsWith("io.countersign.")
                && !name.startsWith(own + "platform"),
                        "the platform knows no feature: ") : List.of();
    }

    /** Which feature of a module names which others: the edges, with one file as the witness. */
    static Map<String, String> edges(List<ParsedJava> all, String module) {
        var edges = new TreeMap<String, String>();
        String root = "io.countersign." + module + ".";
        for (ParsedJava java : all) {
            String from = java.file().feature();
            if (!java.file().isProduct() || !java.file().module().equals(module) || from.isEmpty()) {
                continue;
            }
            for (Name name : names(java)) {
                String to = name.text().startsWith(root) ? name.text().substring(root.length())
                        .split("\\.")[0] : from;
                if (!to.equals(from) && !to.equals("platform")) {
                    edges.putIfAbsent(from + " -> " + to, java.file().path() + ":" + name.line());
                }
            }
        }
        return edges;
    }

    private record Name(int line, String text) {}

    private interface Wrong {
        boolean test(String name);
    }

    private static List<Finding> findings(ParsedJava java, Wrong wrong, String why) {
        return names(java).stream().filter(name -> wrong.test(name.text()))
                .map(name -> Finding.at(java.file(), name.line(), why + name.text())).distinct().toList();
    }

    private static List<Name> names(ParsedJava java) {
        var names = new ArrayList<Name>();
        for (ImportTree tree : java.unit().getImports()) {
            names.add(new Name(java.firstLine(tree), tree.getQualifiedIdentifier().toString()));
        }
        var scanner = new TreeScanner<Void, Void>() {
            @Override
            public Void visitMemberSelect(MemberSelectTree select, Void nothing) {
                String text = select.toString();
                if (NAME.matcher(text).matches() && text.matches(".*\\.[A-Z]\\w*")) {
                    names.add(new Name(java.firstLine(select), text));
                }
                return super.visitMemberSelect(select, nothing);
            }
        };
        java.unit().getTypeDecls().forEach(type -> scanner.scan(type, null));
        return names;
    }
}
