package io.countersign.server.confirmation;

import io.countersign.server.platform.pages.Wait;

/** What {@code /c/{ticket}} has to say; each is a page of its own, with its HTTP status. */
public sealed interface ConfirmationScreen {
    default int status() {
        return 200;
    }

    /** The question, with both buttons. */
    record Ask() implements ConfirmationScreen {}

    /** Asked only whether an address is his, with one button. */
    record AskContact() implements ConfirmationScreen {}

    /** The address is his; a second time says the same. */
    record Verified() implements ConfirmationScreen {}

    /** Expired, and only the site that sent it can send another. */
    record Ended() implements ConfirmationScreen {
        @Override
        public int status() {
            return 410;
        }
    }

    record Confirmed() implements ConfirmationScreen {}

    record AlreadyConfirmed() implements ConfirmationScreen {}

    /** "No thanks" was taken; a new email can be asked for. */
    record Rejected() implements ConfirmationScreen {}

    /** @param next when another email may be asked for */
    record Resent(Wait next) implements ConfirmationScreen {}

    /** @param next when an email may be asked for */
    record TooSoon(Wait next) implements ConfirmationScreen {
        @Override
        public int status() {
            return 429;
        }
    }

    /** A new email can be asked for. */
    record Expired() implements ConfirmationScreen {
        @Override
        public int status() {
            return 410;
        }
    }

    /** The link of an answered or replaced challenge. */
    record Used() implements ConfirmationScreen {
        @Override
        public int status() {
            return 410;
        }
    }

    /** The customer, and with him the request, was deleted. */
    record Gone() implements ConfirmationScreen {
        @Override
        public int status() {
            return 410;
        }
    }

    /** Confirmed, but the person had unsubscribed since the mail was sent, and stays so. */
    record Left() implements ConfirmationScreen {}

    /** Looks like a ticket, but this server never gave it out: another server's, another project's, or forged. */
    record Foreign() implements ConfirmationScreen {
        @Override
        public int status() {
            return 404;
        }
    }

    /** No ticket at all: cut off or mistyped. */
    record Unknown() implements ConfirmationScreen {
        @Override
        public int status() {
            return 404;
        }
    }
}
