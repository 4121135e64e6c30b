package io.countersign.server.link;

/** What a signed link of a message is for. The number stands in links that were sent: none ever changes its meaning. */
public enum LinkKind {
    /** Page {@code /c/}: the plain confirmation link of the channel. */
    CONFIRM_CHANNEL(1),
    /** Page {@code /c/}: the plain confirmation link of the campaign's topic. */
    CONFIRM_TOPIC(2),
    /** Page {@code /u/}: leaving the channel; posted by mail clients as it is (RFC 8058). */
    UNSUBSCRIBE_CHANNEL(3),
    /** Page {@code /u/}: leaving the campaign's topic. */
    UNSUBSCRIBE_TOPIC(4),
    /** Page {@code /p/}: the person's preferences. */
    PREFERENCES(5),
    /** {@code /t/}: the message was shown. */
    OPEN(6),
    /** {@code /t/}: a link to elsewhere was followed. */
    CLICK(7),
    /** Page {@code /v/}: an answer of the campaign's poll. */
    VOTE(8),
    /** Page {@code /m/}: the message in a browser. */
    VIEW(9),
    /** {@code ${Ticket.EmailConfirmationLinkTicket}}, which a page of the customer's own posts. */
    TICKET(10),
    /**
     * The envelope sender that bounces come back to. The address that a mail client unsubscribes at has the same form,
     * but is of an unsubscribing kind: what an automatic reply is sent to takes nobody off a list.
     */
    RETURN(11),
    /** Page {@code /privacy/}: confirms a request about one's own data; in no other message. */
    PRIVACY(12);

    private final int number;

    LinkKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The query parameter that carries what a link of this kind is bound to. */
    String parameter() {
        return this == VOTE ? "answer" : "to";
    }
}
