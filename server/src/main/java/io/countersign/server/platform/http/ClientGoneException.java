package io.countersign.server.platform.http;

import java.io.IOException;

/** The client closed the connection, or it broke. Nobody's fault: not logged, not answered. */
public final class ClientGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    ClientGoneException(Throwable cause) {
        super("The client is gone", cause);
    }
}
