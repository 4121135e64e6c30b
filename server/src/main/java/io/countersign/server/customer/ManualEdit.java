package io.countersign.server.customer;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Profile;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator wants a customer to be; what is absent stays.
 *
 * @param contacts    normalised; an empty text clears
 * @param profile     names and fields; an empty text clears
 * @param externalIds by name
 */
record ManualEdit(Map<ContactType, String> contacts, List<SubscriptionEdit> subscriptions,
                  Profile.Patch profile, Map<String, String> externalIds) {
    /**
     * A status at a node.
     *
     * @param instruction empty for No data, which nobody can be brought back to
     * @param field       where it stood, for problems
     */
    record SubscriptionEdit(BrandId brand, Node node, Optional<Instruction> instruction, String field) {}
}
