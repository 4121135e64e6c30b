package io.countersign.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A mail server that takes everything and keeps the last message only: as little work as SMTP allows, so that what is
 * measured is the sender. It offers PIPELINING.
 */
final class DiscardingSink implements AutoCloseable {
    private static final byte[] END = {'\r', '\n', '.', '\r', '\n'};
    private static final int LARGEST = 256 * 1024;

    private final ServerSocket listener;
    private final AtomicLong taken = new AtomicLong();
    private volatile byte[] last = {};

    DiscardingSink() throws IOException {
        listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    long taken() {
        return taken.get();
    }

    /** The bytes of the message that came last, as they came, without the line that ends it. */
    byte[] last() {
        return last;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the run is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            var out = new BufferedOutputStream(socket.getOutputStream());
            var message = new byte[LARGEST];
            reply(in, out, "220 bench");
            for (int length = line(in, message); length >= 0; length = line(in, message)) {
                switch (message[0]) {
                    case 'E' -> reply(in, out, "250-bench\r\n250-PIPELINING\r\n250 8BITMIME");
                    case 'D' -> {
                        reply(in, out, "354 go on");
                        last = Arrays.copyOf(message, message(in, message));
                        taken.incrementAndGet();
                        reply(in, out, "250 taken");
                    }
                    default -> reply(in, out, "250 ok");
                }
            }
        } catch (IOException e) {
            // The sender went away.
        }
    }

    /** Answers go out together when the sender has not waited for them. */
    private static void reply(InputStream in, OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        if (in.available() == 0) {
            out.flush();
        }
    }

    private static int line(InputStream in, byte[] into) throws IOException {
        int length = 0;
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return length;
            }
            into[length++] = (byte) octet;
        }
        return -1;
    }

    /** Reads to the line that has only a dot; answers how long the message was. */
    private static int message(InputStream in, byte[] into) throws IOException {
        int length = 0;
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the message ends in the middle");
            }
            into[length++] = (byte) octet;
            if (octet == '\n' && length >= END.length
                    && Arrays.equals(into, length - END.length, length, END, 0, END.length)) {
                return length - 3;
            }
        }
    }
}
