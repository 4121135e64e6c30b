package io.countersign.server.template;

/** What can be wrong with a text; the words are stable. */
enum FaultCode {
    /** It cannot be read. */
    SYNTAX("syntax"),
    /** It names what does not exist. */
    UNKNOWN_PARAMETER("unknown_parameter"),
    /** It names what this recipient does not have. */
    MISSING_VALUE("missing_value"),
    /** It names a promo code, and there is none for this recipient: the pool is empty. */
    NO_PROMO_CODE("no_promo_code"),
    /** A value is not of the kind that is needed there. */
    WRONG_TYPE("wrong_type"),
    TOO_LONG("too_long"),
    /** It takes more steps, depth or time than a text may. */
    LIMIT("limit"),
    /** It can be read, and is not allowed. */
    FORBIDDEN("forbidden"),
    /** A link that cannot be followed, or says twice what it does. */
    LINK("link");

    private final String word;

    FaultCode(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
