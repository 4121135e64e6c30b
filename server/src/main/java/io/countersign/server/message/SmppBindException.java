package io.countersign.server.message;

/** No bound session; carries what is known of the reason. Never the fault of a recipient. */
final class SmppBindException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient ProviderReply reply;

    SmppBindException(ProviderReply reply) {
        super(reply.text());
        this.reply = reply;
    }

    ProviderReply reply() {
        return reply;
    }
}
