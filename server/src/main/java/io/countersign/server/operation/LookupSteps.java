package io.countersign.server.operation;

import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.server.operation.CallCustomer.CallIds;
import io.countersign.server.operation.CallMeta.Credential;
import io.countersign.server.operation.Outcome.Invalid;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.Catalogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The steps about customers who are there: get, and merge. */
final class LookupSteps {
    private static final String RESULTING = "resultingCustomer";
    private static final String TO_MERGE = "customersToMerge";
    private static final int MOST_MERGED = 20;

    private final Submissions submissions;
    private final Catalogs catalogs;
    private final ExistingCustomers existing;
    private final TicketHolders tickets;

    LookupSteps(Submissions submissions, Catalogs catalogs, ExistingCustomers existing,
                TicketHolders tickets) {
        this.submissions = submissions;
        this.catalogs = catalogs;
        this.existing = existing;
        this.tickets = tickets;
    }

    Plan get(OperationCall call, CallCustomer customer) {
        Optional<String> ticket = ticket(call);
        if (ticket.isPresent()) {
            return Plan.answered(byTicket(call, ticket.get()));
        }
        if (call.meta().credential() == Credential.SITE) {
            throw new ProblemException(Problem.UNAUTHORIZED, "A secret key or a ticket is needed.");
        }
        Optional<Who> who = Submissions.who(call, customer);
        if (who.isEmpty() || call.operation().returnsValidationErrors() && !customer.invalid().isEmpty()) {
            var invalid = new ArrayList<>(customer.invalid());
            if (who.isEmpty()) {
                invalid.add(Answers.noIdentifier());
            }
            return Plan.answered(Outcome.invalid(invalid));
        }
        Set<UUID> found = existing.find(call, who.get());
        if (found.size() > 1) {
            return Plan.answered(Answers.refused(Refusal.AMBIGUOUS));
        }
        return Plan.answered(shown(found.stream().findFirst().flatMap(id -> view(call, id))
                .orElseGet(() -> Answers.customer("NotFound", Optional.empty()))));
    }

    /** CT12: an empty ticket is a fault of the caller, one that is not good finds nobody. */
    private static Optional<String> ticket(OperationCall call) {
        ObjectNode customer = Bodies.object(call.body().root(), "customer", "/customer").orElse(Json.object());
        if (!customer.has("authenticationTicket")) {
            return Optional.empty();
        }
        String at = "/customer/authenticationTicket";
        return Optional.of(Bodies.text(customer, "authenticationTicket", at)
                .orElseThrow(() -> Bodies.shape(at, "The ticket is empty.")));
    }

    private Outcome byTicket(OperationCall call, String ticket) {
        return tickets.customerOf(call.project().id(), call.integration(), ticket).flatMap(id -> view(call, id))
                .map(LookupSteps::shown).orElseGet(Outcome::success);
    }

    private Optional<ObjectNode> view(OperationCall call, UUID id) {
        var view = new CustomerView(catalogs.current(), call.project());
        return existing.load(call, id).map(view::show);
    }

    private static Outcome shown(ObjectNode customer) {
        ObjectNode answer = Json.object();
        answer.set("customer", customer);
        return Outcome.success(answer);
    }

    /** All are united, or none: when one of them does not exist nothing happens, and the answer says which. */
    Plan merge(OperationCall call) {
        ObjectNode resulting = Bodies.object(call.body().root(), RESULTING, "/" + RESULTING).orElse(Json.object());
        CallIds into = CustomerReader.ids(call, resulting, "/" + RESULTING);
        List<CallIds> others = others(call);
        if (into.isEmpty() || others.isEmpty() || others.stream().anyMatch(CallIds::isEmpty)) {
            return Plan.answered(Outcome.invalid(Invalid.at(into.isEmpty() ? "/" + RESULTING + "/ids"
                    : "/" + TO_MERGE, "The ids of the customers are needed.")));
        }
        List<Change> merges = others.stream()
                .<Change>map(ids -> new Change.MergeNamed(Submissions.who(ids))).toList();
        return Plan.of(submissions.of(call, Submissions.who(into), IfUnknown.REFUSE, merges),
                decision -> merged(call, into, others, decision));
    }

    private static List<CallIds> others(OperationCall call) {
        List<ObjectNode> nodes = Bodies.objects(call.body().root(), TO_MERGE, "/" + TO_MERGE);
        if (nodes.size() > MOST_MERGED) {
            throw Bodies.shape("/" + TO_MERGE, "There may be at most " + MOST_MERGED + " customers.");
        }
        return nodes.stream().map(node -> CustomerReader.ids(call, node, "/" + TO_MERGE)).toList();
    }

    private Outcome merged(OperationCall call, CallIds into, List<CallIds> others, Decision decision) {
        Optional<Refusal> refusal = decision.refusal().filter(why -> why != Refusal.UNKNOWN_CUSTOMER);
        if (refusal.isPresent()) {
            return Answers.refused(refusal.get());
        }
        boolean done = !decision.isRefused();
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray(TO_MERGE);
        others.forEach(ids -> list.add(named(ids, done || isKnown(call, ids) ? "Found" : "NotFound")));
        answer.set(RESULTING, named(into, done ? "Merged" : isKnown(call, into) ? "Found" : "NotFound"));
        decision.customer().ifPresent(id -> ((ObjectNode) answer.get(RESULTING).get("ids"))
                .put(CustomerReader.OWN_ID, Ids.show("cus", id)));
        return Outcome.success(answer);
    }

    private boolean isKnown(OperationCall call, CallIds ids) {
        return !existing.find(call, Submissions.who(ids)).isEmpty();
    }

    private static ObjectNode named(CallIds ids, String status) {
        ObjectNode node = Json.object().put("processingStatus", status);
        ObjectNode names = node.putObject("ids");
        ids.own().ifPresent(id -> names.put(CustomerReader.OWN_ID, Ids.show("cus", id)));
        ids.external().forEach(names::put);
        return node;
    }
}
