package io.countersign.server.platform.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.net.SocketTimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The reading side of one connection, with a watch on the client's pace. The socket's own timeout only limits
 * the silence between two bytes; a client that sends one byte every few seconds would keep a connection for
 * days.
 */
final class Wire implements Supplier<byte[]> {

    private static final int LINGER_BYTES = 4 * 1024 * 1024;

    private static final class TooSlow extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private enum Phase { IDLE, HEAD, BODY, LINGER }

    private final DataReader source;
    private final HttpLimits limits;
    private final BooleanSupplier closing;
    private Phase phase = Phase.HEAD;
    private long waited;
    private long silent;
    private long arrived;
    private volatile long writingSince;

    Wire(DataReader source, HttpLimits limits, BooleanSupplier closing) {
        this.source = source;
        this.limits = limits;
        this.closing = closing;
    }

    /**
     * What a failure to read a body means: thrown if it is the client's problem, returned if the client is
     * gone.
     */
    static ClientGoneException bodyFailure(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TooSlow) {
                throw new ProblemException(Problem.REQUEST_TIMEOUT, "The body came too slowly.");
            }
            // A size that is no number escapes from the toolkit's parser as such.
            if (cause instanceof RequestException || cause instanceof NumberFormatException
                    || cause instanceof DataReader.IncorrectNewLineException) {
                throw new ProblemException(Problem.MALFORMED_REQUEST,
                        "The chunks of the body are not well-formed.");
            }
        }
        return new ClientGoneException(failure);
    }

    /** The next bytes; called by the toolkit's parser, on the connection's thread. */
    @Override
    public byte[] get() {
        while (true) {
            if (phase == Phase.IDLE && closing.getAsBoolean()) {
                throw new CloseConnectionException("The server is closing");
            }
            long start = System.nanoTime();
            try {
                source.ensureAvailable();
                byte[] bytes = source.readBuffer().readBytes();
                arrived(bytes.length, System.nanoTime() - start);
                return bytes;
            } catch (RuntimeException e) {
                waited(System.nanoTime() - start, e);
            }
        }
    }

    /** Whether the headers of a request are not read to their end. */
    boolean inHead() {
        return phase == Phase.IDLE || phase == Phase.HEAD;
    }

    /** Whether more has come for the headers than they may have. */
    boolean headTooLarge() {
        return phase == Phase.HEAD && arrived > limits.headBytes();
    }

    /** The headers are read; what comes now is a body. */
    void bodyBegins() {
        begin(Phase.BODY);
    }

    /** The request is answered; what comes now is another. */
    void requestEnds() {
        begin(Phase.IDLE);
    }

    /**
     * Takes in what a refused client is still sending, for a while: closing at once could destroy our answer.
     */
    void linger() {
        begin(Phase.LINGER);
        long end = System.nanoTime() + limits.oneRead().toNanos();
        try {
            for (int bytes = 0; bytes < LINGER_BYTES && System.nanoTime() < end;) {
                bytes += get().length;
            }
        } catch (RuntimeException _) {
            // Gone, or too slow: the connection is closed either way.
        }
    }

    void writing(boolean active) {
        writingSince = active ? System.nanoTime() | 1 : 0;
    }

    /** Whether the client has not taken our bytes for too long. Called from another thread. */
    boolean stuckWriting() {
        long since = writingSince;
        return since != 0 && System.nanoTime() - since > limits.writeTime().toNanos();
    }

    private void begin(Phase next) {
        phase = next;
        waited = 0;
        silent = 0;
        arrived = 0;
    }

    private void arrived(int bytes, long nanos) {
        if (phase == Phase.IDLE) {
            begin(Phase.HEAD);
            arrived = bytes;
            return;
        }
        arrived += bytes;
        waited += nanos;
        silent = 0;
        judge();
    }

    private void waited(long nanos, RuntimeException failure) {
        if (phase == Phase.LINGER || !isTimeout(failure)) {
            throw failure;
        }
        waited += nanos;
        silent += nanos;
        judge();
    }

    private void judge() {
        switch (phase) {
            case IDLE -> closeAfter(limits.idleTime().toNanos());
            case HEAD -> closeAfter(limits.headTime().toNanos());
            case BODY -> {
                long most = limits.readTime().toNanos();
                boolean tooSlow = waited > most && arrived < waited / 1e9 * HttpLimits.SLOWEST_BODY;
                if (silent >= most || tooSlow) {
                    throw new TooSlow();
                }
            }
            case LINGER -> { }
        }
    }

    private void closeAfter(long most) {
        if (waited >= most) {
            throw new CloseConnectionException("Too slow, or idle for too long");
        }
    }

    private static boolean isTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }
}
