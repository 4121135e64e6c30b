package io.countersign.server.operation;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.server.operation.CallCustomer.CallIds;
import io.countersign.server.operation.ExistingStore.Contact;
import io.countersign.server.operation.ExistingStore.External;
import io.countersign.server.operation.ExistingStore.Head;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.subscription.SubscriptionStore;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Customers as they are, for steps that look before they answer. */
final class ExistingCustomers {
    private final Database database;

    ExistingCustomers(Database database) {
        this.database = database;
    }

    /** Everything that is shown of a customer. */
    record Existing(UUID id, Head head, List<Contact> contacts, List<External> externalIds,
                    Map<BrandId, SubscriptionTree> trees) {}

    /** Who is named so; more than one when the ids are of different customers. */
    Set<UUID> find(OperationCall call, Who who) {
        return database.with(tx -> ExistingStore.find(tx, call.project().id().value(), who));
    }

    boolean hasMobile(OperationCall call, CallIds ids) {
        int project = call.project().id().value();
        return database.with(tx -> {
            for (UUID id : ExistingStore.find(tx, project, Submissions.who(ids))) {
                if (ExistingStore.contacts(tx, project, id).stream()
                        .anyMatch(contact -> contact.primary() && contact.type() == ContactType.MOBILE)) {
                    return true;
                }
            }
            return false;
        });
    }

    /** A customer as of one moment; an id that was merged away finds the survivor. */
    Optional<Existing> load(OperationCall call, UUID id) {
        int project = call.project().id().value();
        return database.transaction(tx -> {
            tx.update("set transaction isolation level repeatable read, read only");
            return load(tx, project, id);
        });
    }

    private static Optional<Existing> load(Tx tx, int project, UUID id) throws SQLException {
        Set<UUID> living = ExistingStore.find(tx, project, new Who.ById(id));
        if (living.isEmpty()) {
            return Optional.empty();
        }
        UUID own = living.iterator().next();
        Optional<Head> head = ExistingStore.head(tx, project, own);
        return head.isEmpty() ? Optional.empty() : Optional.of(new Existing(own, head.get(),
                ExistingStore.contacts(tx, project, own), ExistingStore.externalIds(tx, project, own),
                SubscriptionStore.trees(SubscriptionStore.of(tx, project, List.of(own)))));
    }
}
