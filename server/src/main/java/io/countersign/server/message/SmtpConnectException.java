package io.countersign.server.message;

/** No usable connection; carries what is known of the reason. Never the fault of a recipient. */
final class SmtpConnectException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient ProviderReply reply;

    private SmtpConnectException(ProviderReply reply, Throwable cause) {
        super(reply.text(), cause);
        this.reply = reply;
    }

    /** The server does not want us. */
    SmtpConnectException(SmtpWire.Answer refusal) {
        this(refusal.reply(), null);
    }

    /** We do not want the server. */
    SmtpConnectException(String why) {
        this(ProviderReply.none(why), null);
    }

    /** There was no answer. */
    SmtpConnectException(Exception cause) {
        this(ProviderReply.none(reasons(cause)), cause);
    }

    ProviderReply reply() {
        return reply;
    }

    /** The messages down the chain, each once: the outer ones say what failed, the innermost says why. */
    static String reasons(Throwable failure) {
        var text = new StringBuilder();
        int depth = 0;
        for (var cause = failure; cause != null && depth < 5; cause = cause.getCause(), depth++) {
            var message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            if (text.indexOf(message) < 0) {
                text.append(depth == 0 ? "" : ": ").append(message);
            }
        }
        return text.toString();
    }
}
