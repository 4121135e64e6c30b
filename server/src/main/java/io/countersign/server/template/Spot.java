package io.countersign.server.template;

import io.countersign.server.template.InvalidTemplate.Fault;

/** A place in what somebody wrote. Line and column are from 1, or 0 where there is no place. */
record Spot(String part, int line, int column) {
    static Spot nowhere(String part) {
        return new Spot(part, 0, 0);
    }

    Fault fault(FaultCode code, String message) {
        return new Fault(part, line, column, code.word(), message);
    }
}
