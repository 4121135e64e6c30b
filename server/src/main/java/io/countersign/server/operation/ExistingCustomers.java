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
                if (ExistingStore.contacts(tx, project, id, call.receivedAt()).stream()
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
            return ExistingStore.load(tx, project, id, call.receivedAt());
        });
    }
}
