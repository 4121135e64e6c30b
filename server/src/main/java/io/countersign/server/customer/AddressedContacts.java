package io.countersign.server.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Effect;
import io.countersign.server.contact.ContactChanges;
import io.countersign.server.contact.ContactIds;
import io.countersign.server.contact.ContactRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The contact points that challenges and mails are about. One that came and went inside a batch had an id for
 * that moment, as it would have had if its commands had come one by one.
 */
final class AddressedContacts {
    private final ContactChanges changes;
    private final ContactIds ids;
    private final Set<UUID> known;
    private final Map<Held, Long> passing = new HashMap<>();

    private record Held(UUID customer, ContactType type, String value) {
        static Held of(Challenge.Key key) {
            return new Held(key.customer(), key.type(), key.value());
        }
    }

    AddressedContacts(ContactChanges changes, Loading.Loaded loaded, ContactIds ids) {
        this.changes = changes;
        this.ids = ids;
        this.known = loaded.challengesBefore.stream().map(Challenge::id).collect(Collectors.toSet());
        for (ContactRow row : loaded.contacts) {
            passing.put(new Held(row.customer(), row.type(), row.value()), row.id());
        }
    }

    /**
     * Null when the challenge is stored already and its contact is held no more: then it keeps what it has.
     */
    Long ofChallenge(Challenge challenge) {
        Held contact = Held.of(challenge.key());
        Long held = held(contact);
        return held != null || known.contains(challenge.id()) ? held : passing(contact);
    }

    long ofMail(Challenge challenge) {
        return of(Held.of(challenge.key()));
    }

    long ofMessage(Effect.MessageQueued message) {
        return of(new Held(message.customer(), message.to().type(), message.to().value()));
    }

    private long of(Held contact) {
        Long held = held(contact);
        return held != null ? held : passing(contact);
    }

    private Long held(Held contact) {
        return changes.idOf(contact.customer(), contact.type(), contact.value());
    }

    private Long passing(Held contact) {
        return passing.computeIfAbsent(contact, _ -> ids.next());
    }
}
