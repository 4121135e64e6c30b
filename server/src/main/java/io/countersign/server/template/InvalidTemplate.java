package io.countersign.server.template;

import java.util.List;

/** A text that cannot be used, with everything that is wrong with it. */
public final class InvalidTemplate extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient List<Fault> faults;

    /**
     * One thing that is wrong.
     *
     * @param part    subject, preheader, source or text
     * @param line    from 1; 0 when it has no place
     * @param code    a stable word: syntax, unknown_parameter, missing_value, no_promo_code, wrong_type, too_long,
     *                limit, forbidden, link
     * @param message one line in words of ours; no value of a recipient is in it
     */
    public record Fault(String part, int line, int column, String code, String message) {
        private static final int LONGEST = 400;

        public Fault {
            String plain = message.replaceAll("\\p{Cntrl}+", " ");
            message = plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST);
        }

        /** The same with its place. */
        public String placed() {
            return part + (line > 0 ? ", line " + line + ", column " + column : "") + ": " + message;
        }
    }

    public InvalidTemplate(List<Fault> faults) {
        super(faults.isEmpty() ? "invalid template" : faults.getFirst().placed());
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
