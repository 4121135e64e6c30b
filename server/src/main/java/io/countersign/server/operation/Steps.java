package io.countersign.server.operation;

/** What each step does with a call: the plan for the one door, and the answer. */
public final class Steps {
    /**
     * Plans a call; nothing is changed yet.
     *
     * @throws io.countersign.server.platform.http.ProblemException when the call cannot be understood: trying again
     *                                                              does not help
     */
    public Plan plan(OperationCall call) {
        throw new UnsupportedOperationException(call.operation().step().word());
    }
}
