package io.countersign.server.operation;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Profile;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.Json;
import io.countersign.server.project.Operation;
import io.countersign.server.project.Policies;
import io.countersign.server.project.Project;
import io.countersign.server.project.SetupFixture;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A node that works on queued calls. Its one kind of call names somebody by an email; some are faults, as told. */
final class QueueNode implements AutoCloseable {
    /** A first name that becomes something that no database takes. */
    static final String REFUSED = "(refused)";
    static final String SETUP = """
            projects:
              - slug: acme
                name: Acme
                brands: [ { slug: shop, name: Shop } ]
                integrations:
                  - slug: website
                    brand: shop
                    operations:
                      - { name: Website.Import, step: import }
                      - { name: Website.Rare, step: import, calls_per_minute: 2 }
            """;

    final SetupFixture node;
    final OperationCalls calls;
    /** Addresses at which the planner fails, with an error of the machine where they begin so. */
    final Set<String> faults = ConcurrentHashMap.newKeySet();
    private final Customers customers;
    private final ProjectId project;

    /** The first node of a database. */
    QueueNode() {
        this(new SetupFixture());
    }

    private QueueNode(SetupFixture node) {
        this.node = node;
        node.provision(SETUP);
        project = node.catalogs.current().project("acme").orElseThrow().id();
        var ids = new Ids(node.clock, new SecureRandom());
        customers = new Customers(node.database, node.secrets, ids, node.clock,
                id -> Policies.of(node.catalogs.current(), id));
        calls = new OperationCalls(new OperationCalls.Parts(node.database, node.secrets, node.catalogs, customers, ids,
                node.clock, this::plan));
    }

    /** Another node beside this one. */
    QueueNode another() {
        return new QueueNode(new SetupFixture(node.url));
    }

    private Plan plan(OperationCall call) {
        String email = call.body().root().path("customer").path("email").asString();
        if (faults.contains(email)) {
            if (email.startsWith("error")) {
                throw new NoClassDefFoundError("a fault of the test");
            }
            throw new IllegalStateException("a fault of the test");
        }
        String name = call.body().root().path("customer").path("firstName").asString("")
                .replace(REFUSED, "\0");
        var command = new CustomerCommand(new Who.ByContact(ContactType.EMAIL, email), IfUnknown.CREATE,
                List.of(new Change.FillContact(ContactType.EMAIL, email, ContactRoute.NOT_VERIFYING),
                        new Change.SetProfile(Profile.Patch.NOTHING.withName(Optional.of(name), Optional.empty()),
                                false)),
                new Origin("operation:import", Optional.empty(), "integration:website", false), customers.fresh());
        return Plan.of(Submission.of(command).once(call.transaction()), decision -> decision.isRefused()
                ? Outcome.alreadyProcessed() : Outcome.success());
    }

    OperationCall call(String email, String firstName) {
        return call(email, firstName, Optional.empty());
    }

    OperationCall call(String email, String firstName, Optional<UUID> transaction) {
        var body = Json.object();
        body.putObject("customer").put("email", email).put("firstName", firstName);
        Project acme = node.catalogs.current().project(project).orElseThrow();
        var integration = node.catalogs.current().integration("website").orElseThrow();
        return new OperationCall(acme, integration, operation("Website.Import"), transaction, new CallBody(body),
                node.clock.instant(), new CallMeta("192.0.2.1", Optional.of("192.0.2.1"), Optional.of("test"),
                Optional.empty(), Optional.empty(), CallMeta.Credential.SECRET_KEY));
    }

    Operation operation(String name) {
        return node.catalogs.current().operation(node.catalogs.current().integration("website").orElseThrow(), name)
                .orElseThrow();
    }

    UUID accept(String email, String firstName) {
        return calls.async().accept(call(email, firstName));
    }

    /** Works until nothing is due. */
    void workOff() {
        while (calls.worker().pass()) {
            // once more
        }
    }

    CallStore.Entry entry(UUID id) {
        return node.database.with(tx -> CallStore.find(tx, project, id)).orElseThrow();
    }

    String firstName(String email) {
        return node.database.with(tx -> tx.one("""
                select first_name from customers join contact_points using (project_id, customer_id)
                where value = ?""", row -> row.text("first_name"), email)).orElse("nobody");
    }

    long count(String sql, Object... parameters) {
        return node.database.with(tx -> tx.one("select (" + sql + ") as n", row -> row.number("n"), parameters))
                .orElseThrow();
    }

    ProjectId project() {
        return project;
    }

    @Override
    public void close() {
        calls.close();
        node.close();
    }
}
