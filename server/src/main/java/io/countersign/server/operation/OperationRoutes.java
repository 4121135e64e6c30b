package io.countersign.server.operation;

import io.countersign.server.access.Access;
import io.countersign.server.customer.Door;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Catalogs;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** {@code /v3/operations}: calls of named operations. */
public final class OperationRoutes {
    private final Reception reception;
    private final Steps steps;
    private final Door door;

    private OperationRoutes(Parts parts) {
        this.reception = new Reception(parts.access(), parts.catalogs(), parts.clock());
        this.steps = parts.steps();
        this.door = parts.door();
    }

    /** What it is built from. */
    public record Parts(Access access, Catalogs catalogs, Steps steps, Door door, InstantSource clock,
                        OperationErrors errors) {}

    public static List<Route> routes(Parts parts) {
        var routes = new OperationRoutes(parts);
        return List.of(Route.post("/v3/operations/sync", "key", "Carry out an operation and answer what it came to",
                routes::sync).withMaxBody(BodyReader.LARGEST).withCors().withErrors(parts.errors()));
    }

    private Reply sync(Request request) throws IOException {
        OperationCall call = reception.receive(request, (_, _) -> { });
        return WireFormat.ofAnswer(request).reply(200, carryOut(call).toTree());
    }

    /** When it returns, what the call asks for is durable. */
    private Outcome carryOut(OperationCall call) {
        Plan plan = steps.plan(call);
        return plan.outcome().apply(plan.submissions().stream()
                .map(submission -> door.submit(call.project().id(), submission)).toList());
    }
}
