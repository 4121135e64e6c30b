package io.countersign.server.customer;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.access.Caller;
import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
import io.countersign.server.consent.Requests;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.customer.CustomerLists.Page;
import io.countersign.server.customer.ManualEdits.By;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Paging;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/customers}: customers shown, and changed by hand. */
public final class CustomerRoutes {
    private static final List<String> FILTERS = List.of("email", "phone", "mobile", "id", "external");
    private static final List<String> PARAMETERS = Stream.of(FILTERS, CustomerFilter.PARAMETERS, Paging.PARAMETERS)
            .flatMap(List::stream).toList();
    private static final String READERS = "key or operator";

    private final Database database;
    private final Catalogs catalogs;
    private final InstantSource clock;
    private final ManualEdits edits;
    private final OptInRequests optIns;

    private CustomerRoutes(Parts parts) {
        this.database = parts.database();
        this.catalogs = parts.catalogs();
        this.clock = parts.clock();
        this.edits = new ManualEdits(database, catalogs, parts.customers(), parts.door());
        this.optIns = new OptInRequests(database, edits, parts.clock());
    }

    /** What it is built from. */
    public record Parts(Database database, Catalogs catalogs, Customers customers, Door door,
                        InstantSource clock, Guard guard) {}

    public static List<Route> routes(Parts parts) {
        var routes = new CustomerRoutes(parts);
        Guard guard = parts.guard();
        return List.of(
                Route.get("/v1/customers", READERS, "Find customers, or list them",
                        guard.callers(routes::list)),
                Route.get("/v1/customers/{id}", READERS, "One customer with history",
                        guard.callers(routes::show)),
                Route.post("/v1/customers", "operator", "Create a customer by hand",
                        guard.editors(routes::create)),
                Route.patch("/v1/customers/{id}", "operator", "Change a customer by hand",
                        guard.editors(routes::change)),
                Route.delete("/v1/customers/{id}", "operator", "Erase a customer",
                        guard.editors(routes::erase)),
                Route.delete("/v1/customers/{id}/contacts/{contact}/invalidity", "operator",
                        "Say that a contact can be reached again", guard.editors(routes::restore)),
                Route.post("/v1/customers/{id}/opt-in-requests", READERS, "Ask for the opt-in again",
                        guard.writers(routes::askAgain)));
    }

    private Reply list(Request request, Caller caller) {
        Query query = Query.of(request, PARAMETERS);
        if (FILTERS.stream().filter(name -> query.text(name).isPresent()).count() > 1) {
            throw new ProblemException(Problem.INVALID_VALUE, "Give one of email, phone, mobile, id and external.");
        }
        if (FILTERS.stream().anyMatch(name -> query.text(name).isPresent())
                && CustomerFilter.PARAMETERS.stream().anyMatch(name -> query.text(name).isPresent())) {
            throw new ProblemException(Problem.INVALID_VALUE, "Who is named is not looked for by a status or contact.");
        }
        Catalog catalog = catalogs.current();
        Project project = project(catalog, caller.project());
        Finder finder = finder(query, catalog, project);
        ObjectNode answer = Json.object();
        snapshot(tx -> {
            Page page = finder.find(tx, project.id().value());
            var list = answer.putArray("customers");
            CustomerDocuments.of(tx, catalog, project, page.ids(), clock.instant()).forEach(list::add);
            return answer.put("next", page.next().orElse(null));
        });
        return Reply.json(answer);
    }

    private interface Finder {
        Page find(Tx tx, int project) throws SQLException;
    }

    /** All parameters are checked before the database is asked. */
    private static Finder finder(Query query, Catalog catalog, Project project) {
        Paging paging = Paging.of(query);
        Optional<CustomerFilter> filter = CustomerFilter.of(query, catalog, project);
        if (filter.isPresent()) {
            return (tx, id) -> CustomerLists.filtered(tx, id, filter.get(), paging);
        }
        Optional<TypedContact> contact = TypedContact.of(query, project);
        if (contact.isPresent()) {
            return (tx, id) -> CustomerLists.holders(tx, id, contact.get(), paging);
        }
        if (query.text("id").isPresent()) {
            UUID wanted = Ids.parse("cus", query.text("id").get()).orElseThrow(
                    () -> new ProblemException(Problem.INVALID_VALUE, "This is no id of a customer.", "id"));
            return (tx, id) -> CustomerLists.byId(tx, id, wanted);
        }
        Optional<String> external = query.text("external");
        if (external.isPresent()) {
            int colon = external.get().indexOf(':');
            if (colon < 1 || colon == external.get().length() - 1) {
                throw new ProblemException(Problem.INVALID_VALUE, "An external id is written NAME:VALUE.",
                        "external");
            }
            return (tx, id) -> CustomerLists.byExternalId(tx, id, external.get().substring(0, colon),
                    external.get().substring(colon + 1));
        }
        return (tx, id) -> CustomerLists.all(tx, id, paging);
    }

    private Reply show(Request request, Caller caller) {
        Query.none(request);
        return Reply.json(document(caller.project(), id(request)));
    }

    private Reply create(Request request, OfOperator operator) throws IOException {
        UUID id = edits.create(by(request, operator), reader(operator).read(request.json()));
        return Reply.json(201, document(operator.project(), id))
                .header("Location", "/v1/customers/" + DocumentStore.show(id));
    }

    private Reply change(Request request, OfOperator operator) throws IOException {
        var edit = reader(operator).read(request.json());
        return Reply.json(document(operator.project(),
                edits.change(by(request, operator), id(request), edit)));
    }

    private Reply erase(Request request, OfOperator operator) {
        edits.erase(by(request, operator), id(request));
        return Reply.noContent();
    }

    private Reply restore(Request request, OfOperator operator) {
        String contact = request.pathParam("contact");
        if (!contact.matches("ctp_[0-9]{1,18}")) {
            throw Refusals.unknownContact();
        }
        edits.restore(by(request, operator), id(request), Long.parseLong(contact.substring("ctp_".length())));
        return Reply.noContent();
    }

    private Reply askAgain(Request request, Caller caller) throws IOException {
        UUID id = id(request);
        Members body = Members.of(request.json(), Set.of("brand"));
        Catalog catalog = catalogs.current();
        Optional<String> slug = body.line("brand", 100).filter(text -> !text.isEmpty());
        Brand brand = slug.isEmpty() ? caller.requiredBrand(catalog) : catalog.brand(caller.project(), slug.get())
                .orElseThrow(() -> body.invalid("brand", "There is no such brand."));
        return Reply.json(202, Json.object().put("next_allowed_at",
                optIns.ask(by(request, caller), id, brand).toString()));
    }

    private ObjectNode document(ProjectId owner, UUID id) {
        Catalog catalog = catalogs.current();
        Project project = project(catalog, owner);
        return snapshot(tx -> CustomerDocuments.single(tx, catalog, project, id, clock.instant()))
                .orElseThrow(Refusals::unknownCustomer);
    }

    /** All of a document is as of one moment. */
    private <T> T snapshot(Database.Work<T> work) {
        return database.transaction(tx -> {
            tx.update("set transaction isolation level repeatable read, read only");
            return work.run(tx);
        });
    }

    private ManualEditReader reader(OfOperator operator) {
        Catalog catalog = catalogs.current();
        return new ManualEditReader(catalog, project(catalog, operator.project()));
    }

    private static Project project(Catalog catalog, ProjectId id) {
        return catalog.project(id).orElseThrow();
    }

    private static UUID id(Request request) {
        return Ids.parse("cus", request.pathParam("id")).orElseThrow(Refusals::unknownCustomer);
    }

    private static By by(Request request, Caller caller) {
        return new By(caller, Requests.of(request));
    }
}
