package io.countersign.server;

import io.countersign.server.consent.ChainCheck;
import io.countersign.server.consent.ChainFinding;
import io.countersign.server.doctor.Doctor;
import io.countersign.server.doctor.KnownAnchor;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.SettableClock;
import io.countersign.server.platform.StartRefused;
import io.countersign.server.platform.command.Command;
import io.countersign.server.platform.command.Command.ExitCode;
import io.countersign.server.platform.command.Given;
import io.countersign.server.platform.command.Setting;
import io.countersign.server.platform.command.UsageException;
import io.countersign.server.platform.database.DatabaseException;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.postgres.PostgresException;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign doctor}: tells whether the evidence is as it was recorded, and what else should be looked at. */
final class DoctorCommand {
    private static final int FINE = 0;
    private static final int TAMPERED = 1;
    private static final int UNCHECKED = 2;
    private static final long TOLD_EVERY = 50_000;

    private static final Setting JSON = Setting.toggle("json", "Print the report as JSON");
    private static final Setting ANCHOR = Setting.of("anchor", "PROJECT:NUMBER:HASH",
            "An anchor that was written down earlier, to be held against the database").repeated();

    static final Command COMMAND = Command.of("doctor",
            "Check the consent records of every project, the queues and the set-up. It changes nothing.",
            DoctorCommand::run).taking(DatabaseOptions.with(JSON, ANCHOR))
            .ending(new ExitCode(FINE, "everything is as it was recorded"),
                    new ExitCode(TAMPERED, "evidence was changed, removed or put in"),
                    new ExitCode(UNCHECKED, "it could not be checked"));

    private DoctorCommand() {}

    private static int run(Given given) {
        List<KnownAnchor> known = known(given.texts(ANCHOR));
        boolean json = given.has(JSON);
        try {
            Doctor.Report report = Server.examine(DatabaseOptions.of(given), known,
                    json ? _ -> {} : new Progress(given.err())::tell, SettableClock.system());
            PrintWriter out = given.out();
            if (json) {
                out.println(Json.writeText(document(report)));
            } else {
                print(out, report);
            }
            return report.isIntact() ? FINE : TAMPERED;
        } catch (StartRefused | PostgresException | DatabaseException e) {
            return uncheckable(e, given.err());
        } catch (RuntimeException e) {
            if (!Refusals.isPoolFailure(e)) {
                throw e;
            }
            return uncheckable(e, given.err());
        }
    }

    private static int uncheckable(RuntimeException why, PrintWriter err) {
        boolean held = why instanceof PostgresException refused
                && refused.code() == PostgresException.Code.DATA_DIRECTORY_IN_USE;
        err.println("countersign: nothing was checked: " + why.getMessage() + (held
                ? " Stop the server first; an external database can be checked while servers run." : ""));
        return UNCHECKED;
    }

    private static List<KnownAnchor> known(List<String> anchors) {
        try {
            return anchors.stream().map(KnownAnchor::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Tells now and then how far it has come. */
    private static final class Progress {
        private final PrintWriter err;
        private long next = TOLD_EVERY;

        Progress(PrintWriter err) {
            this.err = err;
        }

        void tell(long records) {
            if (records >= next) {
                err.println(records + " records checked");
                err.flush();
                next = records + TOLD_EVERY;
            }
        }
    }

    private static void print(PrintWriter out, Doctor.Report report) {
        for (ChainCheck.Result project : report.projects()) {
            var counts = project.counts();
            out.println(project.project() + ": " + counts.records() + " consents of " + counts.customers()
                    + " customers, " + counts.erased() + " erased, " + counts.anchors() + " anchors: "
                    + (project.isIntact() ? "as recorded" : project.findings() + " NOT AS RECORDED"));
            project.found().forEach(finding -> out.println("  " + line(finding)));
            project.lastAnchor().ifPresent(anchor -> out.println("  last anchor "
                    + new KnownAnchor(project.project(), anchor.number(), HexFormat.of().formatHex(anchor.hash()))
                    + " of " + anchor.at()));
        }
        report.strays().forEach(anchor -> out.println("NOT AS WRITTEN DOWN: the anchor " + anchor));
        report.warnings().forEach(warning -> out.println("warning: " + warning));
    }

    private static String line(ChainFinding finding) {
        return finding.customer().map(id -> Ids.show("cus", id) + ": ").orElse("")
                + finding.record().map(id -> Ids.show("con", id) + " ").orElse("") + finding.what().words();
    }

    private static ObjectNode document(Doctor.Report report) {
        ObjectNode document = Json.object().put("status", report.isIntact() ? "as_recorded" : "tampered");
        var projects = document.putArray("projects");
        for (ChainCheck.Result project : report.projects()) {
            var counts = project.counts();
            ObjectNode node = projects.addObject().put("project", project.project())
                    .put("customers", counts.customers()).put("consents", counts.records())
                    .put("erased", counts.erased()).put("findings", project.findings());
            project.lastAnchor().ifPresent(anchor -> node.putObject("last_anchor").put("number", anchor.number())
                    .put("at", anchor.at().toString()).put("hash", HexFormat.of().formatHex(anchor.hash())));
            var found = node.putArray("found");
            project.found().forEach(finding -> found.addObject().put("what", Names.of(finding.what()))
                    .put("customer", finding.customer().map(id -> Ids.show("cus", id)).orElse(null))
                    .put("consent", finding.record().map(id -> Ids.show("con", id)).orElse(null)));
        }
        var strays = document.putArray("anchors_that_differ");
        report.strays().forEach(anchor -> strays.add(anchor.toString()));
        var warnings = document.putArray("warnings");
        report.warnings().forEach(warnings::add);
        return document;
    }
}
