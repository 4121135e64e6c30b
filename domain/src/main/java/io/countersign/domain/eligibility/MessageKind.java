package io.countersign.domain.eligibility;

/** The profiles that every project has (CP1-CP4). */
public enum MessageKind {
    /** Marketing: valid, subscribed, and verified where the brand asks for it. */
    STANDARD(Checks.STANDARD),
    /** The request for a confirmation: valid, and awaiting confirmation. */
    OPT_IN(Checks.OPT_IN),
    /** Neither subscription nor validity matters. */
    TRANSACTIONAL(Checks.TRANSACTIONAL);

    private final Checks checks;

    MessageKind(Checks checks) {
        this.checks = checks;
    }

    public Checks checks() {
        return checks;
    }
}
