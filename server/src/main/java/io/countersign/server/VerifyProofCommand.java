package io.countersign.server;

import io.countersign.server.platform.command.Command;
import io.countersign.server.platform.command.Command.ExitCode;
import io.countersign.server.platform.command.Given;
import io.countersign.server.platform.command.Setting;
import io.countersign.server.proof.ProofCheck;
import io.countersign.server.proof.ProofCheck.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code countersign verify-proof FILE}: whether a proof document is what a server signed. It asks no server. */
final class VerifyProofCommand {
    private static final long LARGEST = 64L * 1024 * 1024;

    private static final Setting KEYS = Setting.of("keys", "FILE",
            "What GET /v1/signing-keys answered, from a source that you trust").needed();

    static final Command COMMAND = Command.of("verify-proof",
            "Verify a proof document by the published keys of the server that made it; no server is asked.",
            VerifyProofCommand::run).taking(List.of(KEYS)).on("FILE", "What GET /v1/customers/{id}/proof answered")
            .ending(new ExitCode(0, "genuine"), new ExitCode(1, "not what was signed"));

    private VerifyProofCommand() {}

    private static int run(Given given) throws IOException {
        PrintWriter out = given.out();
        return switch (ProofCheck.check(read(given.operand()), read(given.path(KEYS).orElseThrow()))) {
            case Verdict.Genuine(String key, var document) -> {
                out.println("genuine: signed by the key " + key);
                out.println("made at " + document.path("made_at").asString("") + " for "
                        + document.path("made_for").asString("") + ", about "
                        + document.at("/customer/id").asString(""));
                document.path("chains").forEach(chain -> out.println("consents of "
                        + chain.path("customer").asString("") + ": " + chain.path("consents").asInt(0) + ", "
                        + (chain.path("as_recorded").asBoolean(false) ? "as recorded" : "NOT AS RECORDED")));
                yield 0;
            }
            case Verdict.Refused(String why) -> {
                out.println("NOT GENUINE: " + why);
                yield 1;
            }
        };
    }

    private static byte[] read(Path path) throws IOException {
        if (Files.size(path) > LARGEST) {
            throw new IOException(path + " is too large for a proof document");
        }
        return Files.readAllBytes(path);
    }
}
