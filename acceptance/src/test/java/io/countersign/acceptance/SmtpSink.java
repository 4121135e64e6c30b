package io.countersign.acceptance;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A mail server that delivers nothing: it keeps what it gets, up to a number of mails, and counts the rest.
 * Speaks enough SMTP for a client on loopback, PIPELINING included; refuses recipients as told.
 */
final class SmtpSink implements AutoCloseable {
    private static final String OFFER =
            "250-sink.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES";

    private final ServerSocket listener;
    private final int keep;
    private final Collection<Mail> kept = new ConcurrentLinkedQueue<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private long count;

    private SmtpSink(int keep) throws IOException {
        this.keep = keep;
        this.listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("smtp-sink").start(this::accept);
    }

    /** What was received; {@code bytes} is the message with dot-stuffing undone. */
    record Mail(String mailFrom, List<String> recipients, byte[] bytes) {

        MimeMessage parsed() throws MessagingException {
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
        }
    }

    private record Refusal(Predicate<String> recipient, String reply) {
    }

    static SmtpSink start() {
        return start(100_000);
    }

    /** @param keep mails kept for reading; those beyond are only counted */
    static SmtpSink start(int keep) {
        try {
            return new SmtpSink(keep);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Answers RCPT of such addresses with the reply, such as {@code 550 5.1.1 no such user}. */
    void refuse(Predicate<String> recipient, String reply) {
        refusals.add(new Refusal(recipient, reply));
    }

    void refuseNothing() {
        refusals.clear();
    }

    List<Mail> mails() {
        return List.copyOf(kept);
    }

    List<Mail> mailsTo(String address) {
        return kept.stream().filter(mail -> mail.recipients().contains(address)).toList();
    }

    /** Mails ever accepted, since {@link #clear()}. */
    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            kept.clear();
            count = 0;
        } finally {
            lock.unlock();
        }
    }

    /** The mails to this address, as soon as there are so many. */
    List<Mail> awaitMailsTo(String address, int wanted, Duration atMost) throws InterruptedException {
        await(() -> mailsTo(address).size() >= wanted, wanted + " mails to " + address, atMost);
        return mailsTo(address);
    }

    void awaitCount(long wanted, Duration atMost) throws InterruptedException {
        await(() -> count >= wanted, wanted + " mails", atMost);
    }

    @Override
    public void close() {
        closeQuietly(listener);
        open.forEach(SmtpSink::closeQuietly);
    }

    String refusalOf(String recipient) {
        for (var refusal : refusals) {
            if (refusal.recipient().test(recipient)) {
                return refusal.reply();
            }
        }
        return "";
    }

    void took(Mail mail) {
        lock.lock();
        try {
            count++;
            if (count <= keep) {
                kept.add(mail);
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(BooleanSupplier done, String what, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!done.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError("not in " + atMost + ": " + what + "; there were " + count
                            + " mails in all");
                }
                left = arrived.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new Conversation(this, socket).run();
        } catch (IOException e) {
            // The client went away, or the test is over.
        } finally {
            open.remove(socket);
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closed all the same.
        }
    }

    /**
     * One connection. Answers are held back while more commands wait to be read: that is what PIPELINING is
     * for.
     */
    private static final class Conversation {
        private final SmtpSink sink;
        private final SmtpLines in;
        private final BufferedOutputStream out;
        private String mailFrom = "";
        private List<String> recipients = new ArrayList<>();

        Conversation(SmtpSink sink, Socket socket) throws IOException {
            this.sink = sink;
            this.in = new SmtpLines(socket.getInputStream());
            this.out = new BufferedOutputStream(socket.getOutputStream(), 4 * 1024);
        }

        void run() throws IOException {
            reply("220 sink.test ESMTP");
            for (var line = in.command(); line != null; line = in.command()) {
                var verb = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "EHLO" -> reply(OFFER);
                    case "MAIL" -> begin(line);
                    case "RCPT" -> recipient(address(line));
                    case "DATA" -> data();
                    case "RSET" -> begin("");
                    case "HELO", "NOOP" -> reply("250 2.0.0 ok");
                    case "QUIT" -> {
                        reply("221 2.0.0 bye");
                        return;
                    }
                    default -> reply("502 5.5.1 not implemented");
                }
            }
        }

        private void begin(String line) throws IOException {
            mailFrom = address(line);
            recipients = new ArrayList<>();
            reply("250 2.1.0 ok");
        }

        private void recipient(String address) throws IOException {
            var refusal = sink.refusalOf(address);
            if (refusal.isEmpty()) {
                recipients.add(address);
            }
            reply(refusal.isEmpty() ? "250 2.1.5 ok" : refusal);
        }

        private void data() throws IOException {
            if (recipients.isEmpty()) {
                reply("554 5.5.1 no valid recipients");
                return;
            }
            reply("354 go ahead");
            var bytes = in.message();
            sink.took(new Mail(mailFrom, List.copyOf(recipients), bytes));
            recipients = new ArrayList<>();
            reply("250 2.0.0 taken");
        }

        private void reply(String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            if (!in.hasMore()) {
                out.flush();
            }
        }

        private static String address(String line) {
            int open = line.indexOf('<');
            int close = line.indexOf('>', open + 1);
            return open < 0 || close < 0 ? "" : line.substring(open + 1, close);
        }
    }
}
