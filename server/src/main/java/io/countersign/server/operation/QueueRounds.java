package io.countersign.server.operation;

import io.countersign.domain.customer.Decision;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.operation.CallQueue.Finished;
import io.countersign.server.operation.CallQueue.Queued;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.DatabaseException;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Operation;
import io.countersign.server.project.StepKind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Carries out queued calls, many in one transaction: the changes and the mark that a call is done commit together, so
 * that it is done once, whenever the process dies.
 */
final class QueueRounds {
    private final Customers customers;
    private final Catalogs catalogs;
    private final Function<OperationCall, Plan> planner;
    private final Secrets secrets;
    private final InstantSource clock;

    QueueRounds(Customers customers, Catalogs catalogs, Function<OperationCall, Plan> planner, Secrets secrets,
                InstantSource clock) {
        this.customers = customers;
        this.catalogs = catalogs;
        this.planner = planner;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A round failed, and nothing of it was done. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<Queued> suspects;

        Failed(List<Queued> suspects, Throwable cause) {
            super(cause);
            this.suspects = List.copyOf(suspects);
        }

        /** Those among whom the cause is; one, when it is known. */
        List<Queued> suspects() {
            return suspects;
        }
    }

    /**
     * Carries out the calls of a project whose turn it is, in their order.
     *
     * @return how many; none as well when another node is at work on this project
     * @throws Failed when nothing was done because of one of them
     */
    int run(ProjectId project, int most) {
        var suspects = new ArrayList<Queued>();
        try {
            return customers.within(project, most, (tx, door) -> {
                suspects.clear();
                if (!CallQueue.takeLane(tx, project)) {
                    return 0;
                }
                List<Queued> calls = untilALook(project, CallQueue.take(tx, project, most, clock.instant()));
                if (calls.isEmpty()) {
                    return 0;
                }
                List<Prepared> prepared = calls.stream()
                        .map(call -> blaming(suspects, call, () -> prepare(project, call))).toList();
                suspects.addAll(calls);
                List<Decision> decisions = door.apply(submissions(prepared));
                suspects.clear();
                CallQueue.finish(tx, project, finished(prepared, decisions, suspects), clock.instant());
                return calls.size();
            });
        } catch (RuntimeException | Error e) {
            if (suspects.isEmpty() || isNobodysFault(e)) {
                throw e;
            }
            throw new Failed(suspects, e);
        }
    }

    /** The database is away, or too much is going on: then no call is to blame, and all wait. */
    private static boolean isNobodysFault(Throwable e) {
        return DatabaseException.isAway(e)
                || e instanceof ProblemException problem && problem.problem() == Problem.BUSY;
    }

    /** Planning this step looks at the database, and must see there what the calls before it have done. */
    private List<Queued> untilALook(ProjectId project, List<Queued> calls) {
        boolean changed = false;
        for (int i = 0; i < calls.size(); i++) {
            boolean looks = operation(project, calls.get(i))
                    .filter(operation -> operation.step() == StepKind.GENERATE_AUTHORIZATION_CODE).isPresent();
            if (looks && changed) {
                return calls.subList(0, i);
            }
            changed |= !looks;
        }
        return calls;
    }

    /** An operation that is not known here may be one that another node has just made. */
    private Optional<Operation> operation(ProjectId project, Queued queued) {
        Optional<Operation> known = operation(catalogs.current(), project, queued);
        if (known.isPresent()) {
            return known;
        }
        catalogs.refresh();
        return operation(catalogs.current(), project, queued);
    }

    private static Optional<Operation> operation(Catalog catalog, ProjectId project, Queued queued) {
        return catalog.integration(project, queued.integration())
                .flatMap(integration -> catalog.operation(integration, queued.operation()));
    }

    /** While this goes on, it is known whose fault it is. */
    private static <T> T blaming(List<Queued> suspects, Queued call, Supplier<T> work) {
        suspects.add(call);
        T result = work.get();
        suspects.clear();
        return result;
    }

    /** A call with its plan, or with what it came to already. */
    private record Prepared(Queued call, Plan plan, Optional<Finished> refused) {}

    private Prepared prepare(ProjectId project, Queued queued) {
        Optional<OperationCall> call = open(project, queued);
        if (call.isEmpty()) {
            return new Prepared(queued, Plan.answered(Outcome.success()), Optional.of(new Finished(queued.id(),
                    LoggedCall.PROTOCOL_ERROR, Optional.of("The operation was removed before its turn came."))));
        }
        try {
            return new Prepared(queued, planner.apply(call.get()), Optional.empty());
        } catch (ProblemException e) {
            if (e.problem() == Problem.BUSY) {
                throw e;
            }
            return new Prepared(queued, Plan.answered(Outcome.success()), Optional.of(new Finished(queued.id(),
                    LoggedCall.PROTOCOL_ERROR, Optional.of(LoggedCall.line(e.detail())))));
        }
    }

    private Optional<OperationCall> open(ProjectId project, Queued queued) {
        return operation(project, queued).map(operation -> {
            Catalog catalog = catalogs.current();
            CallPayload payload = CallPayload.open(secrets, queued.payload());
            return new OperationCall(catalog.project(project).orElseThrow(),
                    catalog.integration(project, queued.integration()).orElseThrow(), operation,
                    queued.transaction(), payload.body(), queued.receivedAt(), payload.meta());
        });
    }

    private static List<Submission> submissions(List<Prepared> prepared) {
        return prepared.stream().flatMap(call -> call.plan().submissions().stream()).toList();
    }

    private static List<Finished> finished(List<Prepared> prepared, List<Decision> decisions, List<Queued> suspects) {
        var finished = new ArrayList<Finished>();
        int next = 0;
        for (Prepared call : prepared) {
            int end = next + call.plan().submissions().size();
            List<Decision> own = decisions.subList(next, end);
            finished.add(call.refused().orElseGet(() -> blaming(suspects, call.call(), () -> finished(call, own))));
            next = end;
        }
        return finished;
    }

    private static Finished finished(Prepared call, List<Decision> decisions) {
        Outcome outcome = call.plan().outcome().apply(decisions);
        return new Finished(call.call().id(), outcome.status().word(), LoggedCall.message(outcome));
    }
}
