package io.countersign.server;

import io.countersign.server.project.Demonstration;
import io.countersign.server.project.ProvisionReport;
import io.countersign.server.project.ProvisionReport.Kind;
import java.io.PrintWriter;
import java.util.Optional;

/** What the program says to the person who started it, on standard output; secrets are shown here and never again. */
final class Announcement {
    private Announcement() {}

    /** What a start did to the set-up. */
    record SetUp(Optional<ProvisionReport> report, Optional<Demonstration.Account> demonstration) {}

    static void print(PrintWriter out, Server server, SetUp setUp) {
        setUp.report().ifPresent(report -> print(out, report));
        setUp.demonstration().ifPresent(account -> print(out, server, account));
        if (server.ahead().isPositive()) {
            out.println("The time is " + server.ahead() + " ahead of the real one,"
                    + " as tests had moved it (--test-clock)");
        }
        out.println("Countersign serves on " + server.publicUrl() + " (port " + server.port() + ")");
        out.flush();
    }

    static void print(PrintWriter out, ProvisionReport report) {
        report.changes().stream().filter(change -> change.kind() != Kind.UNCHANGED)
                .forEach(change -> out.println("  " + change));
        out.printf("provisioned: %d created, %d changed, %d unchanged%n", report.count(Kind.CREATED),
                report.count(Kind.CHANGED), report.count(Kind.UNCHANGED));
        report.generated().forEach(made -> out.println("  generated " + made.what() + ", shown only now: "
                + made.secret().clear()));
        out.flush();
    }

    private static void print(PrintWriter out, Server server, Demonstration.Account account) {
        out.printf("""

                This is the first start, so there is a demonstration project to try everything with:

                  sign-up form      %1$s/f/%2$s
                  mails it sends    http://localhost:%9$d/mail      (the built-in catcher; nothing leaves this machine)
                  project           %3$s
                  integration key   %4$s
                  operator          %5$s   password %6$s
                  operator's token  %7$s

                The secrets are shown this once. Sign up, open the mail, confirm; then ask:
                  curl -H 'Authorization: Bearer %4$s' '%1$s/v1/eligibility?brand=%8$s&email=ADDRESS'

                """, server.publicUrl(), account.form(), account.project(), account.key().clear(), account.email(),
                account.password().clear(), account.token().clear(), "demo",
                server.port());
    }
}
