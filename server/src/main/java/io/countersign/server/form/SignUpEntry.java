package io.countersign.server.form;

/**
 * What somebody typed into the form, and what is wrong with it.
 *
 * @param problem null when nothing is
 */
public record SignUpEntry(String email, String firstName, Problem problem) {
    static final SignUpEntry EMPTY = new SignUpEntry("", "", null);

    /** Shown at the field that it is about. */
    public enum Problem {
        EMAIL_MISSING("email.missing"),
        EMAIL_INVALID("email.invalid"),
        EMAIL_REFUSED("email.refused"),
        FIRST_NAME_INVALID("firstName.invalid");

        private final String key;

        Problem(String key) {
            this.key = key;
        }

        String key() {
            return "signUp.problem." + key;
        }

        boolean ofEmail() {
            return this != FIRST_NAME_INVALID;
        }
    }
}
