package io.countersign.server.message;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;

/** A real SMS centre of the library, on a loopback port, that does what a test tells it to. */
final class SmsCentre implements AutoCloseable {
    /** What to do with a submitted message instead of taking it; the first of those that wait is used up. */
    final BlockingQueue<Step> script = new LinkedBlockingQueue<>();
    final List<SubmitSm> taken = new CopyOnWriteArrayList<>();
    final List<SMPPServerSession> sessions = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger enquiries = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    final AtomicInteger atOnce = new AtomicInteger();
    volatile String password = "secret";
    volatile boolean bindsSilently;

    private final ServerSocket socket;
    private final SMPPServerSessionListener listener;

    /** One unusual behaviour. */
    interface Step {
        void run(SMPPServerSession session) throws ProcessRequestException;

        static Step refuse(int status) {
            return session -> {
                throw new ProcessRequestException("as told", status);
            };
        }

        static Step drop() {
            return SMPPServerSession::close;
        }
    }

    private SmsCentre(ServerSocket socket) throws IOException {
        this.socket = socket;
        this.listener = new SMPPServerSessionListener(0, new Listening(socket));
        listener.setMessageReceiverListener(new SmsCentreReceiver(this));
        listener.setPduProcessorDegree(20);
        Thread.ofVirtual().start(this::accept);
    }

    static SmsCentre start() throws IOException {
        return new SmsCentre(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    static SmsCentre startAt(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new SmsCentre(socket);
    }

    static SmsCentre start(SSLContext tls) throws IOException {
        return new SmsCentre(tls.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The next step of the script, if there is one. */
    Optional<Step> next() {
        return Optional.ofNullable(script.poll());
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sessions.forEach(SMPPServerSession::close);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                SMPPServerSession session = listener.accept();
                connections.incrementAndGet();
                sessions.add(session);
                Thread.ofVirtual().start(() -> answerBind(session));
            } catch (IOException e) {
                // Closed, or a handshake that failed.
            }
        }
    }

    private void answerBind(SMPPServerSession session) {
        try {
            BindRequest bind = session.waitForBind(10_000);
            if (bindsSilently) {
                return;
            }
            if (bind.getSystemId().equals("acme") && bind.getPassword().equals(password)) {
                bind.accept("centre");
            } else {
                bind.reject(SMPPConstant.STAT_ESME_RINVPASWD);
            }
        } catch (IOException | TimeoutException | PDUStringException | RuntimeException e) {
            session.close();
        }
    }

    /** Listens at a socket that is open already. */
    private record Listening(ServerSocket socket) implements ServerConnectionFactory {
        @Override
        public ServerConnection listen(int port) {
            return new ServerSocketConnection(socket);
        }

        @Override
        public ServerConnection listen(int port, int timeout) {
            return listen(port);
        }

        @Override
        public ServerConnection listen(int port, int timeout, int backlog) {
            return listen(port);
        }
    }
}
