package io.countersign.server.platform.http;

import java.net.http.HttpClient;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A client of other servers. One of the JDK's ends for good when an error of the machine meets the thread on which it
 * waits: it is then replaced. Thread-safe.
 */
public final class LastingClient {
    private final Supplier<HttpClient> build;
    private HttpClient current;
    private boolean closed;

    public LastingClient(Supplier<HttpClient> build) {
        this.build = build;
        this.current = build.get();
    }

    /** The one to use now. */
    public synchronized HttpClient get() {
        if (!closed && current.isTerminated()) {
            current = build.get();
        }
        return current;
    }

    /**
     * From now on there is no other.
     *
     * @param ending ends the one that there is
     */
    public synchronized void close(Consumer<HttpClient> ending) {
        closed = true;
        ending.accept(current);
    }
}
