package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Code;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.DeliveryReport;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Function;

/** One thing that a command asks for. Values are normalised before they come here. */
public sealed interface Change {
    /**
     * A contact comes in.
     *
     * @param access whether the way in lets the customer into an account by this type of contact (CU14)
     */
    record FillContact(ContactType type, String value, ContactRoute route, boolean access) implements Change {
        public FillContact(ContactType type, String value, ContactRoute route) {
            this(type, value, route, false);
        }
    }

    /** A card that was just made is united with those who hold its contacts, when nothing contradicts (CU9). */
    record Deduplicate() implements Change {}

    /** Both slots of a type are emptied. */
    record ClearContact(ContactType type) implements Change {}

    /** Somebody vouches or proves that the customer controls this value, since {@code at}. */
    record ConfirmContact(ContactType type, String value, Instant at) implements Change {}

    /** The proof of this type's primary contact is taken back. */
    record UnverifyContact(ContactType type) implements Change {}

    /** An instruction at a node of a brand's tree. */
    record SetSubscription(BrandId brand, Node node, Way way, Instruction instruction) implements Change {}

    /** Profile fields; those of a form count for a customer whom this command creates only. */
    record SetProfile(Profile.Patch patch, boolean ofNewcomersOnly) implements Change {}

    /** An external id, which nobody else may have. */
    record SetExternalId(String name, String value) implements Change {}

    /**
     * A sign-up form was submitted by the holder of {@code value}.
     *
     * @param optIn    whether this form asks for a confirmation
     * @param cooldown the form's own shortest time between two mails
     */
    record SubmitForm(BrandId brand, String value, SortedSet<TopicId> topics, String form, boolean optIn,
                      Duration cooldown) implements Change {}

    /** A button of the confirmation page was pressed. */
    record AnswerChallenge(UUID challenge, Answer answer) implements Change {}

    /**
     * The confirmation page's, or an operator's, request for another mail.
     *
     * @param cooldown the form's own shortest time between two mails, where it has one
     */
    record AskAgain(UUID challenge, Optional<Duration> cooldown) implements Change {
        /** With the project's cool-down. */
        public AskAgain(UUID challenge) {
            this(challenge, Optional.empty());
        }
    }

    /**
     * A code was typed.
     *
     * @param hash    a keyed hash of the code for a challenge, as text, as {@link Code#hash}
     * @param address the network that the guess came from
     */
    record AnswerCode(Purpose purpose, ContactType type, Function<UUID, String> hash, Optional<String> address)
            implements Change {}

    /** The ticket of a message was posted by a page of the customer's own (CF1). */
    record AnswerTicket(UUID challenge) implements Change {}

    /**
     * A link of a campaign's message was followed, and the page's button pressed. What confirms does nothing when the
     * customer no longer holds the contact that the message went to (CF11); who wants to leave may always.
     *
     * @param node the campaign's topic under its channel where the link is about it, else the channel
     */
    record FollowLink(BrandId brand, Node node, ContactType type, String value, Link link) implements Change {}

    /** Something happened that changes nothing: an answer in a poll, an act that an integration reports. */
    record IssueAction(BrandId brand, String action, Map<String, String> detail) implements Change {
        public IssueAction {
            detail = Map.copyOf(detail);
        }
    }

    /** A challenge for an authorization code; the code is made when a message carries it (CT4). */
    record OpenChallenge(Purpose purpose, ContactType type, BrandId brand, Duration life) implements Change {}

    /**
     * A message that somebody's act asks for.
     *
     * @param proves  what answering its code or link will prove, when it carries one
     * @param content where the text is found
     * @param address the network that the request came from, for the guard against toll fraud
     */
    record SendMessage(BrandId brand, ContactType type, Recipient to, Optional<Proves> proves, String content,
                       Optional<String> address) implements Change {}

    /** A message to a contact of this customer came to something that tells about the contact (CP10). */
    record ReportDelivery(ContactType type, String value, DeliveryReport report) implements Change {}

    /**
     * A message that was handed over at {@code sentAt} was opened, followed or answered: somebody is there, if it was
     * not long ago (CP10).
     */
    record SignOfLife(ContactType type, String value, Instant sentAt) implements Change {}

    /** Somebody knows that a contact can be reached, whatever deliveries told. */
    record RestoreContact(ContactType type, String value) implements Change {}

    /** What a link of a message does (CP5). */
    enum Link {
        /** Posted by a page of the customer's own: proves the contact, and confirms while opt-in is on (CF1). */
        TICKET,
        /** Confirms the subscription, and proves nothing. */
        CONFIRMATION,
        UNSUBSCRIBE,
        /** The button of a mail client, or a mail that it sends (RFC 8058, RFC 2369): always the whole channel. */
        MAIL_CLIENT
    }

    /** Which of the two contacts of a type a message goes to. */
    enum Recipient {
        PRIMARY, NON_PRIMARY,
        /** The one that awaits its proof: the non-primary where there is one. */
        PENDING
    }

    /** What a message's code or link is for, how long it can be answered, and what its ticket may confirm. */
    record Proves(Purpose purpose, Duration life, Challenge.Asked asked) {}

    /** An operator's or a system's order to unite this customer with another. */
    record MergeWith(UUID other) implements Change {}

    /** The same, the other being named as callers name customers; who is merged already stays so. */
    record MergeNamed(Who other) implements Change {}

    /** What {@code change} brings is taken only where the customer has nothing yet (the step Append). */
    record IfBlank(Change change) implements Change {}

    /** Erasure: the customer and everything personal goes. */
    record Erase() implements Change {}

    /** The two answers to a challenge. */
    enum Answer { CONFIRM, REJECT }
}
