package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ConfirmationKind;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.contact.Validity;
import io.countersign.domain.form.OptInStatus;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.NodeChange;
import io.countersign.domain.subscription.SubscriptionOutcome.Action;
import io.countersign.domain.subscription.SubscriptionTree;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a command did, as data: the history, the events and the mails are written from it. */
public sealed interface Effect {
    /** The customer it happened to. */
    UUID customer();

    record Created(UUID customer) implements Effect {}

    record ProfileChanged(UUID customer, Profile before, Profile after) implements Effect {}

    /**
     * The slots of a type changed, or a contact that was brought went to somebody else.
     *
     * @param value the contact it was about
     * @param other the other customer, where two had to do with it
     */
    record ContactChanged(UUID customer, ContactType type, String value, ContactChange change, Slots before,
                          Slots after, Optional<UUID> other) implements Effect {}

    /** The contact lets the customer into an account from now on (CU14). */
    record AccessGranted(UUID customer, ContactType type) implements Effect {}

    /** A contact was proven, also again. */
    record ContactConfirmed(UUID customer, ContactType type, String value, ConfirmationKind kind) implements Effect {}

    /**
     * Nodes of a brand's tree changed; {@code merge} changes start no flow (FL2).
     *
     * @param awaiting channels that the brand node gives Requires confirmation from now on, where those changed (TR10)
     */
    record SubscriptionChanged(UUID customer, BrandId brand, List<NodeChange> changes, Action action, boolean merge,
                               Optional<Set<Channel>> awaiting) implements Effect {
        static SubscriptionChanged between(Customer customer, BrandId brand, Trees trees, Action action,
                                           boolean merge) {
            return new SubscriptionChanged(customer.id(), brand,
                    NodeChange.between(trees.before(), trees.after(), trees.topics()), action, merge,
                    Optional.of(trees.after().awaiting()).filter(now -> !now.equals(trees.before().awaiting())));
        }

        /** A tree as it was and as it is, under a brand with these topics. */
        record Trees(SubscriptionTree before, SubscriptionTree after, Collection<TopicId> topics) {}
    }

    record OptInChanged(UUID customer, BrandId brand, Optional<OptInStatus> before, OptInStatus after)
            implements Effect {}

    record ChallengeOpened(UUID customer, Challenge challenge) implements Effect {}

    /** An open challenge asks for more, or was mailed again. */
    record ChallengeChanged(UUID customer, Challenge challenge) implements Effect {}

    record ChallengeClosed(UUID customer, Challenge challenge) implements Effect {}

    /** A mail about a challenge is to go, not before {@code due}. */
    record MailRequested(UUID customer, Challenge challenge, UUID message, Instant due) implements Effect {}

    /** A message is to go to a contact; {@code challenge} is what its code or link answers. */
    record MessageQueued(UUID customer, UUID message, BrandId brand, Address to, Optional<UUID> challenge,
                         String content, Instant due) implements Effect {
        /** Where to. */
        public record Address(ContactType type, String value) {}
    }

    /** Something happened that is no change of the customer. */
    record ActionIssued(UUID customer, BrandId brand, String action, Map<String, String> detail) implements Effect {
        public ActionIssued {
            detail = Map.copyOf(detail);
        }
    }

    /** A wrong code was tried. */
    record CodeRefused(UUID customer, Purpose purpose, ContactType type, String value) implements Effect {}

    /** A contact became invalid, for another reason or another time, or valid again. */
    record ValidityChanged(UUID customer, Validity.Contact contact, Optional<Validity.Invalid> before,
                           Optional<Validity.Invalid> after) implements Effect {}

    /** A message came back because there is no such address: nothing is sent to it any more. */
    record HardBounced(UUID customer, Validity.Contact contact) implements Effect {}

    /**
     * {@code customer} is the survivor.
     *
     * @param before what both were, so that it can be undone
     */
    record Merged(UUID customer, UUID loser, MergeReason reason, Before before) implements Effect {
        /** The two, each with the ids that had been merged into it. */
        public record Before(Customer survivor, List<UUID> survivorsIds, Customer loser, List<UUID> losersIds) {
            public Before {
                survivorsIds = List.copyOf(survivorsIds);
                losersIds = List.copyOf(losersIds);
            }
        }
    }

    /** A merge that a rule forbids (CU6): somebody should look at it. */
    record MergeBarred(UUID customer, UUID other, ContactType type, String value) implements Effect {}

    record Erased(UUID customer) implements Effect {}

    /** What became of a contact. */
    enum ContactChange {
        FILLED, EDITED, ASKED_FOR_PROOF, CHANGE_REQUESTED, CLAIMED, CONFIRMED, UNVERIFIED, DEMOTED, CLEARED,
        /** It went to the other customer, and is not kept (CU8). */
        TRANSFERRED,
        /** It came from the other customer, or stayed here when the other brought it (CU8). */
        RECEIVED,
        /** It came from the customer who was merged into this one. */
        MERGED
    }

    /** Why customers were merged (CU13). */
    enum MergeReason {
        SAME_CONTACT_CONFIRMED_BY_BOTH, ORDERED,
        /** A new card brought a contact of somebody whom nothing contradicts (CU9). */
        FULL_MATCH
    }
}
