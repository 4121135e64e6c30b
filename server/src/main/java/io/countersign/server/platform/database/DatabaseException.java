package io.countersign.server.platform.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** A statement failed. The SQL state tells whether trying again may help. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String state;
    private final boolean away;

    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
        this.state = cause.getSQLState() == null ? "" : cause.getSQLState();
        // The pool says so by the kind of the exception, PostgreSQL and the driver by the state.
        this.away = cause instanceof SQLTransientConnectionException || state.startsWith("08")
                || state.startsWith("57P") || state.startsWith("53");
    }

    /** Another transaction was in the way (deadlock, serialization, the same unique value): begin again. */
    public boolean isConflict() {
        return state.equals("40001") || state.equals("40P01") || state.equals("23505");
    }

    /** It was given up, because it took longer than it was allowed to. */
    public boolean isTooSlow() {
        return state.equals("57014");
    }

    /** The database is away, shutting down or full of connections: nothing was done, try later. */
    public boolean isAway() {
        return away;
    }

    /** It has to do with the moment, and with nothing in the statement: the same may work later. */
    public boolean isOfTheMoment() {
        return isAway() || isConflict() || isTooSlow();
    }

    /** Whether a failure says so. */
    public static boolean isAway(Throwable failure) {
        return failure instanceof DatabaseException database && database.isAway();
    }
}
