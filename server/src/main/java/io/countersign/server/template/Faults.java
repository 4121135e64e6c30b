package io.countersign.server.template;

import io.countersign.server.template.InvalidTemplate.Fault;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that an author sees it all at once. */
final class Faults {
    private static final int MOST = 20;
    private final List<Fault> found = new ArrayList<>();

    void add(Spot spot, FaultCode code, String message) {
        Fault fault = spot.fault(code, message);
        if (found.size() < MOST && !found.contains(fault)) {
            found.add(fault);
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws InvalidTemplate when anything was found */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidTemplate(found);
        }
    }
}
