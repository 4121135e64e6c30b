package io.countersign.server.platform;

/** The server must not start like this. The message is one line for the administrator, who has to act. */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartRefused(String message) {
        super(message);
    }
}
