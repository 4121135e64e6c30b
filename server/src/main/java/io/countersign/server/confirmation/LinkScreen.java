package io.countersign.server.confirmation;

/** What {@code /c/} of a campaign's link has to say; each is a page of its own. */
enum LinkScreen {
    /** The question, with its button. */
    ASK(200),
    CONFIRMED(200),
    /** Subscribed before, and so it stays. */
    ALREADY(200),
    /** The person has unsubscribed, which this link does not undo. */
    LEFT(200),
    /** Somebody would still be asked, but the message is too old to confirm anything by it. */
    EXPIRED(410),
    /** Nothing awaits a confirmation. */
    NOT_AWAITED(410),
    /** The contact that the message went to is no longer the customer's (CF11). */
    GONE(410);

    private final int status;

    LinkScreen(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }
}
