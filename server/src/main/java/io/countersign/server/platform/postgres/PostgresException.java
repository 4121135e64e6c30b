package io.countersign.server.platform.postgres;

/** The embedded PostgreSQL cannot do what was asked; the message is one line meant for the administrator. */
public final class PostgresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Stable names of what went wrong. */
    public enum Code {
        /** Another server holds the data directory. */
        DATA_DIRECTORY_IN_USE,
        /** The data directory cannot be used: permissions, foreign content, another major version. */
        DATA_DIRECTORY_UNUSABLE,
        /** No PostgreSQL binaries for this operating system or processor. */
        PLATFORM_UNSUPPORTED,
        /** Running as root, and there is no way to become an unprivileged user. */
        NO_UNPRIVILEGED_USER,
        /** The binaries could not be unpacked, or the cluster not be created. */
        SETUP_FAILED,
        /** PostgreSQL ended or did not become ready while starting. */
        START_FAILED,
        /** PostgreSQL, or one left over by an earlier run, would not stop. */
        STOP_FAILED,
        /** The calling thread was interrupted. */
        INTERRUPTED
    }

    private final Code code;

    PostgresException(Code code, String message) {
        this(code, message, null);
    }

    PostgresException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    static PostgresException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new PostgresException(Code.INTERRUPTED, "Interrupted while waiting for PostgreSQL.", cause);
    }

    public Code code() {
        return code;
    }
}
