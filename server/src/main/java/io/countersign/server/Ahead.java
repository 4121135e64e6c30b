package io.countersign.server;

import io.countersign.server.platform.http.HttpServer;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/**
 * What a start needs whatever its options and its data are. To load it takes a third of a start, in which the reading
 * of options and the start of PostgreSQL leave a processor idle.
 */
final class Ahead {
    private Ahead() {}

    /** Loaded once, by whoever comes first; others wait. */
    private static final class Loaded {
        private static final Face FACE = load();
    }

    /** Begins to load, beside whatever the caller goes on with. */
    static void begin() {
        Thread.ofVirtual().name("ahead").start(Ahead::face);
    }

    /** How pages look and speak; when it is there, the rest is loaded as well. */
    static Face face() {
        return Loaded.FACE;
    }

    private static Face load() {
        HttpServer.load();
        try {
            SSLContext.getDefault(); // reads the certificates that the Java runtime trusts, and keeps them
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return Face.load();
    }
}
