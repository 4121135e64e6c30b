package io.countersign.server.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * A real SMTP server for tests, on a free loopback port, that records what it gets and misbehaves as told.
 */
final class RecordingSmtpServer implements AutoCloseable {
    private static final int MAX_MAILS = 100_000;

    private final ServerSocket listener;
    private final Options options;
    private final List<SmtpRule> rules = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<ReceivedMail> mails = new LinkedBlockingQueue<>(MAX_MAILS);
    private final LinkedBlockingQueue<String> commands = new LinkedBlockingQueue<>(10 * MAX_MAILS);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    private RecordingSmtpServer(Options options) throws IOException {
        this.options = options;
        this.listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("smtp-server").start(this::accept);
    }

    static RecordingSmtpServer start() {
        return start(Options.PLAIN);
    }

    static RecordingSmtpServer start(Options options) {
        try {
            return new RecordingSmtpServer(options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** First matching rule wins; rules stay until {@link #behave()}. */
    void on(SmtpRule.Step step, Predicate<String> when, SmtpRule.Action action) {
        rules.add(new SmtpRule(step, when, action));
    }

    void on(SmtpRule.Step step, SmtpRule.Action action) {
        on(step, _ -> true, action);
    }

    void behave() {
        rules.clear();
    }

    List<ReceivedMail> mails() {
        return List.copyOf(mails);
    }

    /** Command lines of all connections in the order they came, without the words after AUTH. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    /** Connections ever opened. */
    int connections() {
        return connections.get();
    }

    int mostOpenAtOnce() {
        return mostOpen.get();
    }

    int openNow() {
        return open.size();
    }

    /** Cuts every connection, as a server does that restarts. */
    void dropConnections() {
        open.forEach(RecordingSmtpServer::closeQuietly);
    }

    @Override
    public void close() {
        closed.countDown();
        closeQuietly(listener);
        dropConnections();
    }

    Options options() {
        return options;
    }

    Optional<SmtpRule.Action> ruleFor(SmtpRule.Step step, String argument) {
        return rules.stream().filter(rule -> rule.step() == step && rule.when().test(argument))
                .map(SmtpRule::action).findFirst();
    }

    void record(ReceivedMail mail) {
        mails.add(mail);
    }

    void record(String command) {
        commands.add(command);
    }

    void pause(Duration delay) throws InterruptedException {
        closed.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    void hang() throws InterruptedException {
        closed.await();
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                Socket socket = listener.accept();
                if (closed.getCount() == 0) {
                    closeQuietly(socket);   // closing takes effect only when the thread that waits has gone
                    return;
                }
                serve(socket);
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        int number = connections.incrementAndGet();
        open.add(socket);
        mostOpen.accumulateAndGet(open.size(), Math::max);
        Thread.ofVirtual().name("smtp-connection-" + number).start(() -> {
            try (socket) {
                new SmtpServerSession(this, socket, number).run();
            } catch (IOException | InterruptedException e) {
                // The client went away, or the test is over.
            } finally {
                open.remove(socket);
            }
        });
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closed all the same.
        }
    }

    /**
     * What it offers; {@code implicitTls} speaks TLS from the first octet, otherwise a context means
     * STARTTLS.
     */
    record Options(Optional<SSLContext> tls, boolean implicitTls, Optional<SmtpLogin> login, boolean utf8,
            Pipelining pipelining) {
        static final Options PLAIN =
                new Options(Optional.empty(), false, Optional.empty(), false, Pipelining.OFFERED);

        Options withTls(SSLContext context, boolean implicit) {
            return new Options(Optional.of(context), implicit, login, utf8, pipelining);
        }

        Options withLogin(SmtpLogin changed) {
            return new Options(tls, implicitTls, Optional.of(changed), utf8, pipelining);
        }

        Options withUtf8() {
            return new Options(tls, implicitTls, login, true, pipelining);
        }

        Options with(Pipelining changed) {
            return new Options(tls, implicitTls, login, utf8, changed);
        }
    }

    /** EAGER asks for the message also when nobody is to get it, as RFC 2920 allows. */
    enum Pipelining { NONE, OFFERED, EAGER }
}
