package io.countersign.server.consent;

import java.util.Optional;
import java.util.UUID;

/**
 * What is known of an act of consent while it happens; it is kept when the act changes something.
 *
 * @param kind      what kind of act it was
 * @param wording   the exact text that the person was shown
 * @param form      that was sent, or whose question is answered
 * @param request   where it came from over the network
 * @param message   the message that carried the link
 * @param operation the operation of an integration that it came by
 * @param mail      the hash, in hexadecimal, of the wording of the mail that carried the link
 */
public record ConsentDraft(Kind kind, Optional<String> wording, Optional<Shown> form, Request request,
                           Optional<UUID> message, Optional<String> operation, Optional<String> mail) {
    public ConsentDraft(Kind kind, Optional<String> wording, Optional<Shown> form, Request request,
                        Optional<UUID> message) {
        this(kind, wording, form, request, message, Optional.empty(), Optional.empty());
    }

    /** An instruction of which nothing is known but that it came. */
    public static ConsentDraft instruction() {
        return new ConsentDraft(Kind.INSTRUCTION, Optional.empty(), Optional.empty(), Request.NONE, Optional.empty());
    }

    /** The same, by an operation. */
    public ConsentDraft by(String name) {
        return new ConsentDraft(kind, wording, form, request, message, Optional.of(name), mail);
    }

    /** The same, by a link of a mail with this wording. */
    public ConsentDraft from(Optional<String> mailHash) {
        return new ConsentDraft(kind, wording, form, request, message, operation, mailHash);
    }

    /** What kind of act it was. */
    public enum Kind { REQUEST, CONFIRMATION, REFUSAL, INSTRUCTION }

    /**
     * The form that was shown, in the version of that time.
     *
     * @param integration whose form it was, where the act itself did not come by an integration: an answer to what the
     *                    form asked
     */
    public record Shown(String form, int version, Optional<Integer> integration) {
        public Shown(String form, int version) {
            this(form, version, Optional.empty());
        }
    }

    /** The network side of the act; the page is the address it was sent from, as far as the browser told. */
    public record Request(Optional<String> ip, Optional<String> userAgent, Optional<String> page) {
        /** Nothing: it did not come over the network. */
        public static final Request NONE = new Request(Optional.empty(), Optional.empty(), Optional.empty());
        private static final int LONGEST = 500;

        public Request {
            userAgent = userAgent.map(Request::bounded);
            page = page.map(Request::bounded);
        }

        private static String bounded(String text) {
            String plain = text.replaceAll("\\p{Cntrl}", " ");
            return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST);
        }
    }
}
