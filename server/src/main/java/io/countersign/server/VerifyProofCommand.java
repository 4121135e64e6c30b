package io.countersign.server;

import io.countersign.server.proof.ProofCheck;
import io.countersign.server.proof.ProofCheck.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code countersign verify-proof FILE}: whether a proof document is what a server signed. It asks no server. */
@Command(name = "verify-proof", mixinStandardHelpOptions = true,
        description = "Verify a proof document by the published keys of the server that made it; no server is asked.",
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:genuine", "1:not what was signed"})
final class VerifyProofCommand implements Callable<Integer> {
    private static final long LARGEST = 64L * 1024 * 1024;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "What GET /v1/customers/{id}/proof answered")
    private Path file;

    @Option(names = "--keys", paramLabel = "FILE", required = true,
            description = "What GET /v1/signing-keys answered, from a source that you trust")
    private Path keys;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        return switch (ProofCheck.check(read(file), read(keys))) {
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
