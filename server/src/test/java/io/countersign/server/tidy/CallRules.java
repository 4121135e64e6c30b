package io.countersign.server.tidy;

import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Calls that the product's code does not make, so that time, chance and threads come from one place each. */
final class CallRules {
    private static final List<Ban> BANS = List.of(
            ban("(Instant|Local(Date|Time|DateTime)|(Zoned|Offset)DateTime|OffsetTime|Year|YearMonth"
                    + "|MonthDay)\\.now",
                    "take an InstantSource, or Instant now"),
            ban("(Clock|InstantSource)\\.(system.*|tick.*)", "take an InstantSource", "SettableClock",
                    "ProvisionCommand"),
            ban("System\\.currentTimeMillis|new Date|Calendar\\.getInstance", "take an InstantSource"),
            ban("Math\\.random|new "
            + "(Random|SplittableRandom)|ThreadLocalRandom\\..*|RandomGenerator.*|UUID\\.randomUUID",
                    "take a SecureRandom, or Ids"),
            ban("new SecureRandom|SecureRandom\\.getInstance.*", "take a SecureRandom", "Server",
            "ProvisionCommand"),
            ban("Thread\\.sleep|TimeUnit\\.[A-Z]+\\.sleep", "wait for something, with a deadline"),
            ban("System\\.(out|err)", "log, or write to the command's writer", "Main"),
            ban(".*\\.printStackTrace", "log it", "LogFormat", "Refusals"),
            ban("new Thread|Thread\\.ofPlatform",
            "Thread.ofVirtual(); platform threads are for the end, for processes, and for connections to mail servers",
                    "Server", "EmbeddedPostgres", "Command", "Postmaster", "SmtpProvider"),
            ban("Executors\\.(?!newVirtualThreadPerTaskExecutor).*|new "
            + "(ThreadPoolExecutor|ForkJoinPool|Timer)",
                    "virtual threads, bounded where the resource is"),
            ban("Thread\\.(ofVirtual|startVirtualThread)",
                    "a Loop, a Periodic or a Gathering; what is started by hand has its own answer to every error",
                    "Loop", "Gathering", "ProjectTurns", "Dispatcher", "SesNotifications", "SmppSockets",
                    "HoldingSink", "Ahead"),
            ban("System\\.(getenv|getProperty|setProperty)", "take an option or a setting", "Main", "Storage",
            "LogFormat",
                    "Binaries", "Command", "SocketDirectory"),
            ban("System\\.exit|Runtime\\.getRuntime\\(\\)\\.(exit|halt)", "throw, or return a status",
            "Main"));

    private CallRules() {}

    /** @param allowed simple names of the files that may */
    private record Ban(Pattern call, String instead, Set<String> allowed) {}

    private static Ban ban(String call, String instead, String... allowed) {
        return new Ban(Pattern.compile("(?:[a-z.]+\\.|new (?=[a-z]))?(?:" + call + ")"), instead,
                Set.of(allowed));
    }

    /** The banned calls of a file, outside the files that are named for them. */
    static List<Finding> forbidden(ParsedJava java) {
        var found = new ArrayList<Finding>();
        if (java.file().isProduct()) {
            new Scanner(java, found).scan(java.unit(), null);
        }
        return found;
    }

    private static final class Scanner extends TreeScanner<Void, Void> {
        private final ParsedJava java;
        private final List<Finding> found;

        Scanner(ParsedJava java, List<Finding> found) {
            this.java = java;
            this.found = found;
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree select, Void nothing) {
            check(select, select.toString());
            return super.visitMemberSelect(select, nothing);
        }

        @Override
        public Void visitMemberReference(MemberReferenceTree reference, Void nothing) {
            check(reference, reference.toString().replaceFirst("(.*)::new$", "new $1").replace("::", "."));
            return super.visitMemberReference(reference, nothing);
        }

        @Override
        public Void visitNewClass(NewClassTree made, Void nothing) {
            String type = made.getIdentifier().toString().replaceAll("<.*", "");
            check(made, "new " + type.substring(type.lastIndexOf('.') + 1));
            return super.visitNewClass(made, nothing);
        }

        private void check(Tree tree, String call) {
            for (Ban ban : BANS) {
                if (ban.call().matcher(call).matches() && !ban.allowed().contains(java.file().name())) {
                    found.add(java.found(tree, call + ": " + ban.instead()));
                }
            }
        }
    }
}
