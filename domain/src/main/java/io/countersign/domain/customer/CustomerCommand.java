package io.countersign.domain.customer;

import io.countersign.domain.contact.ContactType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody asks to be done to one customer: every way in is translated into this, and there is no other way.
 * All of its changes are made, or none.
 */
public record CustomerCommand(Who who, IfUnknown ifUnknown, List<Change> changes, Origin origin, Fresh fresh) {
    public CustomerCommand {
        changes = List.copyOf(changes);
    }

    /** How the customer is found. */
    public sealed interface Who {
        /** Somebody new, whatever contacts are given. */
        record Newcomer() implements Who {}

        /** By the customer's own id; old ids of merged customers find the survivor. */
        record ById(UUID id) implements Who {}

        /** By an external id. */
        record ByExternalId(String name, String value) implements Who {}

        /** The primary holder of a value; non-primary holders are not found. */
        record ByContact(ContactType type, String value) implements Who {}

        /** The primary holder of a value who enters an account with it; nobody else is found (CU14). */
        record ByAccess(ContactType type, String value) implements Who {}

        /** By several ids, of which some may be unknown; ids of two customers are refused as ambiguous. */
        record ByAnyOf(List<Who> ways) implements Who {
            public ByAnyOf {
                ways = List.copyOf(ways);
            }
        }

        /** The customer whom a challenge concerns. */
        record ByChallenge(UUID challenge) implements Who {}
    }

    /** What happens when nobody is found. */
    public enum IfUnknown { CREATE, REFUSE }

    /**
     * Where a command comes from, for history and consent.
     *
     * @param source      the way in, by its stable name
     * @param integration the integration it came through
     * @param actor       the person, operator or system that acted
     * @param personal    whether it is an act of the customer, which counts in disputes (CU7, criterion 6)
     */
    public record Origin(String source, Optional<Integer> integration, String actor, boolean personal) {}

    /** Ids for what the command may create; the rules make none themselves. */
    public record Fresh(UUID customer, UUID challenge, UUID message) {}
}
