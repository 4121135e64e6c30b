package io.countersign.server.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.contact.ContactType;
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

    private record Held(UUID customer, String value) {}

    AddressedContacts(ContactChanges changes, Loading.Loaded loaded, ContactIds ids) {
        this.changes = changes;
        this.ids = ids;
        this.known = loaded.challengesBefore.stream().map(Challenge::id).collect(Collectors.toSet());
        for (ContactRow row : loaded.contacts) {
            if (row.type() == ContactType.EMAIL) {
                passing.put(new Held(row.customer(), row.value()), row.id());
            }
        }
    }

    /**
     * Null when the challenge is stored already and its contact is held no more: then it keeps what it has.
     */
    Long ofChallenge(Challenge challenge) {
        Long held = held(challenge);
        return held != null || known.contains(challenge.id()) ? held : passing(challenge);
    }

    long ofMail(Challenge challenge) {
        Long held = held(challenge);
        return held != null ? held : passing(challenge);
    }

    private Long held(Challenge challenge) {
        return changes.idOf(challenge.key().customer(), ContactType.EMAIL, challenge.key().value());
    }

    private Long passing(Challenge challenge) {
        return passing.computeIfAbsent(new Held(challenge.key().customer(), challenge.key().value()),
                _ -> ids.next());
    }
}
