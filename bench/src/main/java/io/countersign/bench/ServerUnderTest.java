package io.countersign.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The packaged server as bin/countersign runs it, on a data directory of its own. */
final class ServerUnderTest implements AutoCloseable {
    private static final String READY = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\n"
            + "Connection: close\r\n\r\n";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final Path folder;
    private final List<String> options;
    private final int port;
    private Process process;

    ServerUnderTest(Path folder, List<String> options) throws IOException {
        this.folder = folder;
        this.options = options;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    /** Starts; answers how many milliseconds passed until the first answer. */
    long start() throws IOException, InterruptedException {
        var words = new ArrayList<String>(command());
        words.addAll(List.of("serve", "--port", String.valueOf(port), "--bind", "127.0.0.1",
                "--data", data().toString()));
        words.addAll(options);
        long began = System.nanoTime();
        process = new ProcessBuilder(words).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log())).start();
        while (!isReady()) {
            if (process.waitFor(2, TimeUnit.MILLISECONDS) || System.nanoTime() - began > PATIENCE) {
                throw new IOException("the server does not start:\n" + Files.readString(log().toPath()));
            }
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** The processes of its PostgreSQL. */
    List<Long> postgres() {
        return process.descendants().map(ProcessHandle::pid).toList();
    }

    /** The way into its database, over the socket in the data directory. */
    Properties database() throws IOException {
        var lines = Files.readAllLines(data().resolve("postgres").resolve("postmaster.pid"));
        var properties = new Properties();
        properties.setProperty("user", "countersign");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("socketFactory", "io.countersign.server.platform.postgres.UnixSocketFactory");
        properties.setProperty("socketFactoryArg", lines.get(4) + "/.s.PGSQL." + lines.get(3));
        return properties;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            process.onExit().join();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private File log() {
        return folder.resolve("server.txt").toFile();
    }

    private boolean isReady() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(READY.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)
                    .endsWith("200");
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> command() {
        var jar = Path.of(Optional.ofNullable(System.getProperty("countersign.root")).orElse("."), "server",
                "target",
                "countersign.jar");
        var words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(),
                "-XX:+UseSerialGC", "-Xmx256m", "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                "-Dfile.encoding=UTF-8"));
        var cache = jar.resolveSibling("countersign.aot");
        if (Files.isRegularFile(cache)) {
            words.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off")); // as bin/countersign does
        }
        words.addAll(List.of("-jar", jar.toString()));
        return words;
    }
}
