package io.countersign.server.platform.command;

/** What was given to a command does not fit; the message is for whoever typed it. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
