package io.countersign.server.template;

/** An expression that cannot be read, or must not be used; caught where a part is read. */
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int at;
    private final FaultCode code;

    Unreadable(int at, FaultCode code, String message) {
        super(message, null, false, false);
        this.at = at;
        this.code = code;
    }

    int at() {
        return at;
    }

    FaultCode code() {
        return code;
    }
}
