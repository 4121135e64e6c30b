package io.countersign.server.template;

import java.util.List;

/** A text that cannot be used, with everything that is wrong with it. */
public final class InvalidTemplate extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient List<Fault> faults;

    /**
     * One thing that is wrong.
     *
     * @param part   subject, preheader, source or text
     * @param line   from 1; 0 when it has no place
     * @param code   a stable word: syntax, unknown_parameter, missing_value, wrong_type, too_long, limit, forbidden,
     *               link
     */
    public record Fault(String part, int line, int column, String code, String message) {}

    public InvalidTemplate(List<Fault> faults) {
        super(faults.isEmpty() ? "invalid template" : faults.getFirst().message());
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
