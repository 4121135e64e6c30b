package io.countersign.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A running server with its data; can be killed and started again on the same data and port. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern SERVES = Pattern.compile("serves on \\S+ \\(port (\\d+)\\)");

    private final Path folder = Folders.create("server");
    private final Path output = folder.resolve("output.txt");
    private final Map<String, String> environment;
    private final List<String> options;
    private final Set<ProcessHandle> left = new HashSet<>();
    private Process process;
    private int port;

    private ServerProcess(Map<String, String> environment, List<String> options) {
        this.environment = environment;
        this.options = options;
    }

    /** On an embedded database of its own, with a clock that the test may move. */
    static ServerProcess start(Provision provision, String... more) {
        var options = new ArrayList<>(List.of("--test-clock"));
        options.addAll(List.of(more));
        var server = new ServerProcess(Map.of(), options);
        Prepared.copyTo(server.data());
        return server.provisioned(provision);
    }

    /** A node on a database elsewhere; without a provisioning file where that is null. */
    static ServerProcess startOn(String url, String password, Provision provision, String... more) {
        var options = new ArrayList<>(List.of("--database", url, "--connections", "8"));
        options.addAll(List.of(more));
        var server = new ServerProcess(Map.of("COUNTERSIGN_DATABASE_PASSWORD", password), options);
        return provision == null ? server.started() : server.provisioned(provision);
    }

    /** Without a provisioning file. */
    static ServerProcess startPlain(String... options) {
        return new ServerProcess(Map.of(), List.of(options)).started();
    }

    private ServerProcess provisioned(Provision provision) {
        var file = folder.resolve("provision.yaml");
        provision.write(file);
        options.addAll(List.of("--provision", file.toString()));
        return started();
    }

    URI base() {
        return URI.create("http://localhost:" + port);
    }

    Path data() {
        return folder.resolve("data");
    }

    long pid() {
        return process.pid();
    }

    /** Everything that it has said since the first start. */
    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server dies at once; its PostgreSQL goes on alone. */
    void kill9() {
        remember();
        end(process.toHandle());
    }

    /** The server and every process of its PostgreSQL die at once. */
    void kill9WithPostgres() {
        remember();
        end(process.toHandle());
        left.forEach(ServerProcess::end);
    }

    /** Asks it to stop, and waits. */
    void stop() throws InterruptedException {
        remember();
        process.destroy();
        if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the server does not stop:\n" + output());
        }
    }

    /** On the same data and the same port. */
    ServerProcess restart() {
        return started();
    }

    @Override
    public void close() {
        remember();
        process.destroy();
        try {
            process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(process.toHandle());
        left.forEach(ServerProcess::end);
        Folders.delete(folder);
    }

    private ServerProcess started() {
        int said = Files.exists(output) ? output().length() : 0;
        var words = new ArrayList<>(List.of("serve", "--port", String.valueOf(port),
                "--data", data().toString()));
        if (!options.contains("--bind")) {
            words.addAll(List.of("--bind", "127.0.0.1"));
        }
        words.addAll(options);
        process = Program.start(output, environment, words);
        boolean ready = false;
        try {
            Await.until("the server serves", () -> hasPort(said));
            Await.until("the server is ready", this::isReady);
            remember();
            ready = true;
        } finally {
            if (!ready) {
                System.err.println(output());
                close();
            }
        }
        return this;
    }

    private boolean hasPort(int said) {
        var announced = SERVES.matcher(output().substring(said));
        if (announced.find()) {
            port = Integer.parseInt(announced.group(1));
            return true;
        }
        if (!process.isAlive()) {
            throw new AssertionError("the server ended with " + process.exitValue() + ":\n" + output());
        }
        return false;
    }

    private boolean isReady() throws IOException {
        try {
            return new Api(base()).get("/health/ready").status() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    /** Children that outlive the server, to be ended with the test. */
    private void remember() {
        left.removeIf(child -> !child.isAlive());
        left.addAll(children(process.toHandle()));
        for (var child : List.copyOf(left)) {
            left.addAll(children(child));
        }
    }

    private static Collection<ProcessHandle> children(ProcessHandle parent) {
        return parent.descendants().toList();
    }

    private static void end(ProcessHandle handle) {
        handle.destroyForcibly();
        Await.until("the end of " + handle.pid(), () -> !handle.isAlive());
    }
}
