package io.countersign.server.operation;

/** Takes calls that are carried out later. */
@FunctionalInterface
public interface AsyncCalls {
    /** Takes a call; when it returns, the call is durable. */
    void accept(OperationCall call);
}
