package io.countersign.server.customer;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Profile;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.domain.subscription.Way;
import io.countersign.server.access.Caller.OfIntegration;
import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Caller;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.contact.ContactRow;
import io.countersign.server.contact.ContactStore;
import io.countersign.server.customer.ManualEdit.SubscriptionEdit;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Policies;
import io.countersign.server.subscription.SubscriptionStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What operators do to customers by hand, and integrations as far as they may: one request is one command. Refusals
 * become problems.
 */
final class ManualEdits {
    private final Database database;
    private final Catalogs catalogs;
    private final Customers customers;
    private final Door door;

    ManualEdits(Database database, Catalogs catalogs, Customers customers, Door door) {
        this.database = database;
        this.catalogs = catalogs;
        this.customers = customers;
        this.door = door;
    }

    /** Who acts, and what the network tells of the act. */
    record By(Caller caller, ConsentDraft.Request request) {
        ProjectId project() {
            return caller.project();
        }

        Origin origin() {
            return switch (caller) {
                case OfOperator(_, String email, _) ->
                        new Origin("manual", Optional.empty(), "operator:" + email, false);
                case OfIntegration(_, var integration, _) -> new Origin("opt_in_request",
                        Optional.of(integration.id().value()), "integration:" + integration.slug(), false);
            };
        }
    }

    /** A new customer; answers the id. */
    UUID create(By by, ManualEdit edit) {
        edit.subscriptions().forEach(set -> requireNoData(set, SubscriptionTree.EMPTY));
        Set<ContactType> verified = Policies.of(catalogs.current(), by.project()).verified();
        List<Change> changes = changes(edit,
                type -> verified.contains(type) ? ContactRoute.MANUAL_NEW : ContactRoute.MANUAL);
        return submit(by, new Who.Newcomer(), IfUnknown.CREATE, changes).customer().orElseThrow();
    }

    /** Changes what the edit names; answers the id of the customer who was found. */
    UUID change(By by, UUID id, ManualEdit edit) {
        database.with(tx -> requirePossible(tx, by.project().value(), id, edit));
        return submit(by, new Who.ById(id), IfUnknown.REFUSE, changes(edit, _ -> ContactRoute.MANUAL))
                .customer().orElseThrow();
    }

    /** Erasure: everything personal goes, the consent to it as well. */
    void erase(By by, UUID id) {
        carryOut(by, Submission.of(command(by, new Who.ById(id), IfUnknown.REFUSE,
                List.of(new Change.Erase()))));
    }

    /** A contact can be reached again, whatever deliveries told; harmless when it was never invalid. */
    void restore(By by, UUID id, long contact) {
        ContactRow row = database.with(tx -> contact(tx, by.project().value(), id, contact));
        carryOut(by, Submission.of(command(by, new Who.ById(id), IfUnknown.REFUSE,
                List.of(new Change.RestoreContact(row.type(), row.value())))));
    }

    private static ContactRow contact(Tx tx, int project, UUID id, long contact) throws SQLException {
        UUID living = CustomerStore.find(tx, project, id).orElseThrow(Refusals::unknownCustomer).id();
        return ContactStore.of(tx, project, List.of(living)).stream().filter(row -> row.id() == contact).findFirst()
                .orElseThrow(Refusals::unknownContact);
    }

    /** Another opt-in mail about a challenge of this customer. */
    Decision askAgain(By by, UUID id, UUID challenge) {
        return submit(by, new Who.ById(id), IfUnknown.REFUSE, List.of(new Change.AskAgain(challenge)));
    }

    private static boolean requirePossible(Tx tx, int project, UUID id, ManualEdit edit) throws SQLException {
        var known = CustomerStore.find(tx, project, id).orElseThrow(Refusals::unknownCustomer);
        long fields = Stream.concat(known.profile().fields().keySet().stream(),
                edit.profile().fields().keySet().stream()).distinct().count();
        if (!edit.profile().fields().isEmpty() && fields > ManualEditReader.MOST_FIELDS) {
            throw new ProblemException(Problem.INVALID_VALUE, "A customer may have at most "
                    + ManualEditReader.MOST_FIELDS + " fields.", "fields");
        }
        if (edit.subscriptions().stream().anyMatch(set -> set.instruction().isEmpty())) {
            var trees = SubscriptionStore.trees(SubscriptionStore.of(tx, project, List.of(known.id())));
            edit.subscriptions().forEach(set -> requireNoData(set,
                    trees.getOrDefault(set.brand(), SubscriptionTree.EMPTY)));
        }
        return true;
    }

    /** The customer card cannot bring anybody back to No data (source 001). */
    private static void requireNoData(SubscriptionEdit set, SubscriptionTree tree) {
        if (set.instruction().isEmpty() && tree.effective(set.node()) != SubscriptionStatus.NO_DATA) {
            throw new ProblemException(Problem.INSTRUCTION_NOT_ACCEPTED,
                    "A subscription cannot be brought back to no_data.", set.field());
        }
    }

    private static List<Change> changes(ManualEdit edit, Function<ContactType, ContactRoute> route) {
        var changes = new ArrayList<Change>();
        edit.contacts().forEach((type, value) -> changes.add(value.isEmpty() ? new Change.ClearContact(type)
                : new Change.FillContact(type, value, route.apply(type))));
        Profile.Patch patch = edit.profile();
        if (patch.firstName().isPresent() || patch.lastName().isPresent() || !patch.fields().isEmpty()) {
            changes.add(new Change.SetProfile(patch, false));
        }
        edit.externalIds().forEach((name, value) -> changes.add(new Change.SetExternalId(name, value)));
        edit.subscriptions().forEach(set -> set.instruction().ifPresent(instruction -> changes.add(
                new Change.SetSubscription(set.brand(), set.node(), Way.MANUAL, instruction))));
        return changes;
    }

    private Decision submit(By by, Who who, IfUnknown ifUnknown, List<Change> changes) {
        var consent = new ConsentDraft(ConsentDraft.Kind.INSTRUCTION, Optional.empty(), Optional.empty(),
                by.request(), Optional.empty());
        return carryOut(by, new Submission(command(by, who, ifUnknown, changes), Optional.of(consent),
                Optional.empty()));
    }

    private CustomerCommand command(By by, Who who, IfUnknown ifUnknown, List<Change> changes) {
        return new CustomerCommand(who, ifUnknown, changes, by.origin(), customers.fresh());
    }

    private Decision carryOut(By by, Submission submission) {
        Decision decision = door.submit(by.project(), submission);
        decision.refusal().ifPresent(refusal -> {
            throw Refusals.problem(refusal);
        });
        return decision;
    }
}
