package io.countersign.server.message;

/** What came of one try at handing a message to a provider. */
public sealed interface HandOver {

    /** The provider took the responsibility. */
    record Accepted(ProviderReply reply) implements HandOver {
    }

    /** Permanent: the same message will be refused again. */
    record Refused(ProviderReply reply, Concern concern) implements HandOver {
    }

    /**
     * Not now (too busy, connection trouble, timeout, wrong credentials): try again later. After a connection lost
     * between the end of the message and the answer the provider may have the message all the same.
     */
    record Deferred(ProviderReply reply, Concern concern) implements HandOver {
    }

    /**
     * It could not be made as it should be, and was given to nobody: it is skipped.
     *
     * @param reason a stable word
     * @param detail one line for whoever looks into it
     */
    record Withheld(String reason, String detail) implements HandOver, Made {
    }

    /** Whose fault it was: only RECIPIENT may count against the address. */
    enum Concern {
        /** This address or number: unknown, full, disabled. */
        RECIPIENT,
        /** This message: too big, content, policy, not transportable by this server. */
        MESSAGE,
        /** The sender or its reputation. */
        SENDER,
        /**
         * The provider or the way to it: unreachable, overloaded, credentials, certificate. Hits every
         * message alike.
         */
        PROVIDER
    }
}
