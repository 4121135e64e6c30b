package io.countersign.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * A mail server that keeps nothing but the tickets of the links. While it is told to hold, it leaves the
 * client waiting for its answer: so sign-ups can be measured up to the queued mail, without the sending.
 */
final class HoldingSink implements AutoCloseable {
    private static final Pattern TICKET = Pattern.compile("/c/([0-9a-z]{1,6}-[A-Za-z0-9_-]{32})");

    private final ServerSocket listener;
    private final Queue<String> tickets = new ConcurrentLinkedQueue<>();
    private final AtomicLong taken = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private boolean holding;

    HoldingSink() throws IOException {
        listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Tickets of mails that came, oldest first. */
    Queue<String> tickets() {
        return tickets;
    }

    long taken() {
        return taken.get();
    }

    void hold(boolean hold) {
        lock.lock();
        try {
            holding = hold;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        hold(false);
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the run is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
            var out = new BufferedOutputStream(socket.getOutputStream());
            reply(out, in, "220 bench");
            for (var line = line(in); line != null; line = line(in)) {
                if (line.startsWith("EHLO")) {
                    reply(out, in, "250-bench\r\n250 PIPELINING");
                } else if (line.startsWith("DATA")) {
                    reply(out, in, "354 go on");
                    message(in);
                    reply(out, in, "250 taken");
                } else {
                    reply(out, in, "250 ok");
                }
            }
        } catch (IOException e) {
            // The server went away.
        }
    }

    private void message(BufferedInputStream in) throws IOException {
        var text = new StringBuilder(4_096);
        for (var line = line(in); line != null && !line.equals("."); line = line(in)) {
            // Soft line breaks of quoted-printable may stand inside a link.
            boolean soft = line.endsWith("=");
            text.append(line, 0, line.length() - (soft ? 1 : 0)).append(soft ? "" : "\n");
        }
        awaitRelease();
        var ticket = TICKET.matcher(text);
        if (ticket.find()) {
            tickets.add(ticket.group(1));
        }
        taken.incrementAndGet();
    }

    private void awaitRelease() {
        lock.lock();
        try {
            while (holding) {
                released.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static String line(BufferedInputStream in) throws IOException {
        var line = new ByteArrayOutputStream(100);
        int next = in.read();
        for (; next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return next < 0 ? null : line.toString(StandardCharsets.US_ASCII).stripTrailing();
    }

    private static void reply(BufferedOutputStream out, BufferedInputStream in,
            String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        if (in.available() == 0) {
            out.flush();
        }
    }
}
