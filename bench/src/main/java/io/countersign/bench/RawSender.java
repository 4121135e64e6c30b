package io.countersign.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The ceiling of sending: the same bytes again and again, over as many connections, one command after the other; as
 * they are, or each signed anew.
 */
final class RawSender {
    private final int port;
    private final byte[] message;
    private final Supplier<Signing> signing;

    /** What is done for each message before it goes. */
    @FunctionalInterface
    interface Signing {
        void sign(byte[] message) throws GeneralSecurityException;
    }

    /**
     * @param message as it goes over the wire, without the line that ends it
     * @param signing one for each connection
     */
    RawSender(int port, byte[] message, Supplier<Signing> signing) {
        this.port = port;
        this.message = message;
        this.signing = signing;
    }

    /** Sends so many messages; answers how long that took, in nanoseconds. */
    long send(int messages, int connections) throws InterruptedException {
        var left = new AtomicInteger(messages);
        var threads = new Thread[connections];
        long began = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            threads[i] = Thread.ofPlatform().start(() -> work(left));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return System.nanoTime() - began;
    }

    private void work(AtomicInteger left) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            var out = socket.getOutputStream();
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            in.readLine();
            command(out, in, "EHLO bench");
            Signing each = signing.get();
            while (left.getAndDecrement() > 0) {
                each.sign(message);
                command(out, in, "MAIL FROM:<hello@bench.test>");
                command(out, in, "RCPT TO:<somebody@x.test>");
                command(out, in, "DATA");
                out.write(message);
                command(out, in, ".");
            }
            command(out, in, "QUIT");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void command(OutputStream out, BufferedReader in, String command) throws IOException {
        out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String answer = in.readLine();
        while (answer != null && answer.length() > 3 && answer.charAt(3) == '-') {
            answer = in.readLine();
        }
        if (answer == null || answer.charAt(0) > '3') {
            throw new IOException("answer to " + command + ": " + answer);
        }
    }
}
