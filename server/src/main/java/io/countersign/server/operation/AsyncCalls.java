package io.countersign.server.operation;

import java.util.UUID;

/** Takes calls that are carried out later. */
@FunctionalInterface
public interface AsyncCalls {
    /** Takes a call and answers the id that it has in the log; when it returns, the call is durable. */
    UUID accept(OperationCall call);
}
