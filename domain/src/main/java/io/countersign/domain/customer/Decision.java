package io.countersign.domain.customer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a command did or why it did nothing.
 *
 * @param customer the customer whom it concerned, after merging; empty when nobody was found
 * @param effects  in order; empty when nothing changed
 * @param answer   what became of the challenge it answered, or of the mail it asked for
 */
public record Decision(Optional<UUID> customer, List<Effect> effects, Optional<Refusal> refusal,
                       Optional<ChallengeAnswer> answer) {
    /** What a repeated transaction comes to. */
    public static final Decision ALREADY_PROCESSED = new Decision(Optional.empty(), List.of(),
            Optional.of(Refusal.ALREADY_PROCESSED), Optional.empty());

    public Decision {
        effects = List.copyOf(effects);
    }

    public boolean isRefused() {
        return refusal.isPresent();
    }

    /** Why nothing was done, with stable names. */
    public enum Refusal {
        /** Nobody is found, and the command does not create. */
        UNKNOWN_CUSTOMER,
        /** The ids name two customers. */
        AMBIGUOUS,
        /** A customer has no room for so many fields or external ids. */
        TOO_MANY_FIELDS,
        /** Another customer has this contact as primary and keeps it. */
        CONTACT_TAKEN,
        /** Another customer has this external id. */
        EXTERNAL_ID_TAKEN,
        /** This way does not accept this instruction. */
        INSTRUCTION_NOT_ACCEPTED,
        /** The two customers may not be merged (CU6), or are the same. */
        MERGE_BARRED,
        /** A customer needs at least one contact or external id (DM1). */
        NO_IDENTIFIER,
        /** The challenge does not exist. */
        UNKNOWN_CHALLENGE,
        /** A contact that lets another customer into an account cannot be registered again (CU14). */
        CONTACT_REGISTERED,
        /** The transaction of this id was carried out before. */
        ALREADY_PROCESSED
    }

    /** What became of a challenge. */
    public sealed interface ChallengeAnswer {
        /** Confirmed by this command; {@code subscribed} is false when the person had left in between. */
        record Confirmed(boolean subscribed) implements ChallengeAnswer {}

        record Rejected() implements ChallengeAnswer {}

        /** Answered before, and so it stays. */
        record AlreadyConfirmed() implements ChallengeAnswer {}

        record AlreadyRejected() implements ChallengeAnswer {}

        record Expired() implements ChallengeAnswer {}

        /** The address is no longer held by this customer, or the customer is gone. */
        record Gone() implements ChallengeAnswer {}

        /** Another mail is on its way. */
        record Mailed(Instant nextAllowed) implements ChallengeAnswer {}

        /** There is no contact that a message could go to. */
        record NoContact() implements ChallengeAnswer {}

        /** The code or the ticket is right: what it proved, of the contact and of its subscription. */
        record Proven(boolean contact, boolean subscription) implements ChallengeAnswer {}

        /** The code is wrong, or there is none to be answered. */
        record WrongCode(Instant nextAllowed) implements ChallengeAnswer {}

        /** Not now: no mail goes, no code is compared. */
        record NotBefore(Instant nextAllowed) implements ChallengeAnswer {}
    }
}
