package io.countersign.server.confirmation;

import io.countersign.domain.customer.Decision.ChallengeAnswer;

/**
 * What a landing page is told of its ticket, in stable words.
 *
 * @param status       of the contact: confirmed, already_confirmed, expired, gone, unknown
 * @param subscription confirmed, when the ticket has confirmed one; otherwise unchanged
 */
record TicketAnswer(String status, String subscription) {
    /** Never given out here, or for another project. */
    static final TicketAnswer UNKNOWN = unchanged("unknown");
    static final TicketAnswer EXPIRED = unchanged("expired");
    static final TicketAnswer GONE = unchanged("gone");

    static TicketAnswer of(ChallengeAnswer answer) {
        return switch (answer) {
            case ChallengeAnswer.Confirmed(boolean subscribed) ->
                    new TicketAnswer("confirmed", subscribed ? "confirmed" : "unchanged");
            case ChallengeAnswer.Proven(boolean contact, boolean subscribed) -> new TicketAnswer(
                    contact ? "confirmed" : "already_confirmed", subscribed ? "confirmed" : "unchanged");
            case ChallengeAnswer.AlreadyConfirmed _ -> unchanged("already_confirmed");
            case ChallengeAnswer.Expired _ -> unchanged("expired");
            case ChallengeAnswer.Gone _, ChallengeAnswer.Rejected _, ChallengeAnswer.AlreadyRejected _ ->
                    unchanged("gone");
            case ChallengeAnswer.Mailed _, ChallengeAnswer.NotBefore _, ChallengeAnswer.NoContact _,
                 ChallengeAnswer.WrongCode _ -> throw new IllegalStateException("no answer to a ticket: " + answer);
        };
    }

    private static TicketAnswer unchanged(String status) {
        return new TicketAnswer(status, "unchanged");
    }
}
