package io.countersign.domain.customer;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One command of a sequence: what was before, what it decided, and what is after. */
record Step(Snapshot before, CustomerCommand command, Decision decision, Snapshot after, Policy policy,
        Instant now) {
    private static final List<String> VALUES = values();

    /** Everything that lookups are asked for. */
    static Snapshot snapshot(Neighbourhood around) {
        return Snapshot.of(around, VALUES, RandomCommands.IDS);
    }

    private static List<String> values() {
        var values = new ArrayList<>(RandomCommands.EMAILS);
        values.addAll(RandomCommands.MOBILES);
        return List.copyOf(values);
    }

    boolean merged() {
        return decision.effects().stream().anyMatch(Effect.Merged.class::isInstance);
    }

    boolean erased() {
        return decision.effects().stream().anyMatch(Effect.Erased.class::isInstance);
    }

    /** Who an id is now: the customer, or the survivor; null when erased. */
    Customer now(UUID id) {
        UUID current = id;
        while (after.merged().containsKey(current)) {
            current = after.merged().get(current);
        }
        return after.customers().get(current);
    }

    static List<String> values(ContactType type) {
        return type == ContactType.EMAIL ? RandomCommands.EMAILS : RandomCommands.MOBILES;
    }
}
