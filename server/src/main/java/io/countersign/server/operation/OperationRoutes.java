package io.countersign.server.operation;

import io.countersign.server.access.Access;
import io.countersign.server.customer.Door;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Catalogs;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** {@code /v3/operations}: calls of named operations. */
public final class OperationRoutes {
    private final Reception reception;
    private final Steps steps;
    private final Door door;
    private final OperationCalls calls;

    private OperationRoutes(Parts parts) {
        this.reception = new Reception(parts.access(), parts.catalogs(), parts.clock());
        this.steps = parts.steps();
        this.door = parts.door();
        this.calls = parts.calls();
    }

    /** What it is built from. */
    public record Parts(Access access, Catalogs catalogs, Steps steps, Door door, OperationCalls calls,
                        InstantSource clock, OperationErrors errors) {}

    public static List<Route> routes(Parts parts) {
        var routes = new OperationRoutes(parts);
        return List.of(
                Route.post("/v3/operations/sync", "key", "Carry out an operation and answer what it came to",
                        routes::sync).withMaxBody(BodyReader.LARGEST).withCors().withErrors(parts.errors()),
                Route.post("/v3/operations/async", "key", "Take an operation that is carried out soon after",
                        routes::async).withMaxBody(BodyReader.LARGEST).withCors().withErrors(parts.errors()));
    }

    private Reply sync(Request request) throws IOException {
        OperationCall call = reception.receive(request, calls.limits()::require);
        Outcome outcome = calls.log().noting(call, () -> carryOut(call));
        return WireFormat.ofAnswer(request).reply(200, outcome.toTree());
    }

    private Reply async(Request request) throws IOException {
        UUID id = calls.async().accept(reception.receive(request, calls.limits()::require));
        Outcome accepted = Outcome.success(Json.object().put("operationCallId", CallRoutes.show(id)));
        return WireFormat.ofAnswer(request).reply(200, accepted.toTree());
    }

    /** When it returns, what the call asks for is durable. */
    private Outcome carryOut(OperationCall call) {
        Plan plan = steps.plan(call);
        return plan.outcome().apply(plan.submissions().stream()
                .map(submission -> door.submit(call.project().id(), submission)).toList());
    }
}
