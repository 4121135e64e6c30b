package io.countersign.server.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Validity;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.Customer;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Effect;
import io.countersign.server.confirmation.ChallengeStore;
import io.countersign.server.confirmation.GuardStore;
import io.countersign.server.consent.ConsentChains;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.consent.ConsentSeal;
import io.countersign.server.consent.ConsentStore.About;
import io.countersign.server.consent.ConsentStore;
import io.countersign.server.contact.ContactChanges;
import io.countersign.server.contact.ContactIds;
import io.countersign.server.contact.ContactStore;
import io.countersign.server.contact.ValidityStore;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.subscription.SubscriptionStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes what a batch came to: the state by difference, the history, events, consents and mails from the effects. A few
 * statements, whatever the size of the batch.
 */
final class Writing {
    private final int project;
    private final Instant at;
    private final Ids ids;
    private final ConsentSeal seal;
    private final HistoryRows history;
    private final EventRows events;
    private final List<ConsentStore.Kept> consents = new ArrayList<>();
    private final QueuedRows messages = new QueuedRows();
    private final BounceRows bounces;
    private final Map<UUID, UUID> merged = new HashMap<>();
    private final List<UUID> erased = new ArrayList<>();

    Writing(int project, ConsentSeal seal, Ids ids, Instant at) {
        this.seal = seal;
        this.project = project;
        this.ids = ids;
        this.at = at;
        this.history = new HistoryRows(project, ids, at);
        this.events = new EventRows(project, ids, at);
        this.bounces = new BounceRows(project, ids, at);
    }

    Instant at() {
        return at;
    }

    boolean queuesMessages() {
        return !messages.isEmpty();
    }

    /** Takes down what one command did. */
    void add(Submission submission, Decision decision) {
        List<Effect> effects = decision.effects();
        if (effects.isEmpty()) {
            return;
        }
        Origin origin = submission.command().origin();
        Optional<ConsentDraft> evidence = submission.consent().or(() ->
                effects.stream().anyMatch(Writing::needsEvidence) ? Optional.of(ConsentDraft.instruction())
                        : Optional.empty());
        UUID consent = evidence.map(_ -> ids.next()).orElse(null);
        boolean newcomer = effects.getFirst() instanceof Effect.Created;
        for (Effect effect : effects) {
            newcomer &= !(effect instanceof Effect.Merged);
            if (!(newcomer && effect instanceof Effect.ProfileChanged)) { // what a newcomer comes with is no change
                add(effect, origin, consent);
            }
        }
        effects.forEach(effect -> messages.add(effect, submission.language().orElse(null)));
        evidence.ifPresent(draft -> consents.add(new ConsentStore.Kept(consent,
                decision.customer().orElse(effects.getLast().customer()), about(submission, effects), draft,
                origin.integration().or(() -> draft.form().flatMap(ConsentDraft.Shown::integration)),
                origin.actor())));
    }

    /** No subscription and no proof changes without a record, whatever way it came. */
    private static boolean needsEvidence(Effect effect) {
        return switch (effect) {
            case Effect.SubscriptionChanged _, Effect.OptInChanged _, Effect.ContactConfirmed _,
                 Effect.ContactChanged _, Effect.ChallengeClosed _, Effect.AccessGranted _, Effect.Merged _ -> true;
            case Effect.Created _, Effect.ProfileChanged _, Effect.ChallengeOpened _, Effect.ChallengeChanged _,
                 Effect.MailRequested _, Effect.MessageQueued _, Effect.ActionIssued _, Effect.CodeRefused _,
                 Effect.ValidityChanged _, Effect.HardBounced _, Effect.MergeBarred _, Effect.Erased _ -> false;
        };
    }

    /** The contact that an act of consent was about: the form's, that of the challenge, or what was mailed to. */
    private static Optional<About> about(Submission submission, List<Effect> effects) {
        for (Change change : submission.command().changes()) {
            if (change instanceof Change.SubmitForm form) {
                return Optional.of(new About(ContactType.EMAIL, form.value()));
            }
            if (change instanceof Change.FollowLink link) {
                return Optional.of(new About(link.type(), link.value()));
            }
        }
        return effects.stream().flatMap(effect -> switch (effect) {
            case Effect.ChallengeClosed(_, Challenge challenge) -> about(challenge.key());
            case Effect.MailRequested mail -> about(mail.challenge().key());
            case Effect.ContactConfirmed proven -> Stream.of(new About(proven.type(), proven.value()));
            case Effect.MessageQueued message -> Stream.of(new About(message.to().type(), message.to().value()));
            default -> Stream.<About>empty();
        }).findFirst();
    }

    private static Stream<About> about(Challenge.Key key) {
        return Stream.of(new About(key.type(), key.value()));
    }

    private void add(Effect effect, Origin origin, UUID consent) {
        history.add(effect, origin, consent);
        events.add(effect, origin.source());
        bounces.add(effect, origin);
        switch (effect) {
            case Effect.Merged(UUID survivor, UUID loser, _, _) -> merged.put(loser, survivor);
            case Effect.Erased(UUID customer) -> erased.add(customer);
            case Effect.Created _, Effect.ProfileChanged _, Effect.ContactChanged _, Effect.ContactConfirmed _,
                 Effect.AccessGranted _, Effect.SubscriptionChanged _, Effect.OptInChanged _,
                 Effect.ChallengeOpened _, Effect.ChallengeChanged _, Effect.ChallengeClosed _,
                 Effect.MailRequested _, Effect.MessageQueued _, Effect.CodeRefused _, Effect.ValidityChanged _,
                 Effect.HardBounced _, Effect.ActionIssued _, Effect.MergeBarred _ -> { /* other rows tell these */ }
        }
    }

    void write(Tx tx, Loading.Loaded loaded, ContactIds contactIds) throws SQLException {
        Collection<Customer> after = loaded.around.customers();
        merged.replaceAll((_, survivor) -> survivor(survivor));
        requireFollowers(tx, loaded);
        var contacts = ContactChanges.between(loaded.contacts, after, merged, contactIds, at);
        var addressed = new AddressedContacts(contacts, loaded, contactIds);
        ConsentChains chains = chains(loaded, contacts);
        CustomerStore.write(tx, project, loaded, chains, at);
        CustomerStore.merge(tx, project, merged, at);
        CustomerStore.writeEnds(tx, project, loaded, chains);
        CustomerStore.writeExternalIds(tx, project, loaded.before, after);
        ContactStore.write(tx, project, contacts);
        SubscriptionStore.write(tx, project, loaded.before, after, at);
        ChallengeStore.write(tx, project, loaded.challengesBefore, loaded.around.challenges(),
                addressed::ofChallenge, at);
        GuardStore.write(tx, project, loaded.guardsBefore, loaded.around.guards());
        ValidityStore.write(tx, project, loaded.validitiesBefore, loaded.around.validities());
        bounces.write(tx);
        messages.write(tx, project, addressed, at);
        ConsentStore.write(tx, chains);
        history.write(tx, contacts::idOf);
        events.write(tx);
        ErasureStore.erase(tx, project, erased, loaded.contacts.stream()
                .filter(row -> erased.contains(row.customer()))
                .map(row -> new Validity.Contact(row.type(), row.value())).toList(), at);
    }

    private ConsentChains chains(Loading.Loaded loaded, ContactChanges contacts) {
        var chains = new ConsentChains(project, seal, loaded.heads);
        consents.forEach(kept -> chains.add(kept, kept.about().map(about ->
                contacts.idOf(kept.customer(), about.type(), about.value())).orElse(null), at));
        return chains;
    }

    /**
     * Old ids follow to another survivor, or go with theirs. One that came while this batch waited for its locks is not
     * locked in its order, and would let two batches wait for each other in a circle: begin again.
     */
    private void requireFollowers(Tx tx, Loading.Loaded loaded) throws SQLException {
        if (merged.isEmpty() && erased.isEmpty()) {
            return;
        }
        List<UUID> left = new ArrayList<>(merged.keySet());
        left.addAll(erased);
        if (!loaded.followers.containsAll(CustomerStore.followers(tx, project, left))) {
            throw new Loading.Outdated();
        }
    }

    private UUID survivor(UUID id) {
        UUID current = id;
        while (merged.containsKey(current)) {
            current = merged.get(current);
        }
        return current;
    }
}
