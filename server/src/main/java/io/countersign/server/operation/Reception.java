package io.countersign.server.operation;

import io.countersign.server.access.Access;
import io.countersign.server.access.Authentication.Denied;
import io.countersign.server.access.Authentication.Granted;
import io.countersign.server.access.Authentication.Reason;
import io.countersign.server.access.Caller;
import io.countersign.server.access.Caller.OfIntegration;
import io.countersign.server.operation.CallMeta.Credential;
import io.countersign.server.platform.http.ClientAddress;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Request;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Integration;
import io.countersign.server.project.Operation;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Where calls come in, by either route: who calls, what is called, what the body says. */
final class Reception {
    private static final int LONGEST_NAME = 200;

    private final Access access;
    private final Catalogs catalogs;
    private final InstantSource clock;

    Reception(Access access, Catalogs catalogs, InstantSource clock) {
        this.access = access;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    /** Asked about every call before its body is read; ends it with a problem when it comes too often. */
    @FunctionalInterface
    interface Admission {
        void require(Operation operation, Credential credential);
    }

    /**
     * Lets a call in and understands it.
     *
     * @throws ProblemException 400 for what is not known or not well-formed, 401 without credentials, 403 with wrong
     *                          ones
     */
    OperationCall receive(Request request, Admission admission) throws IOException {
        Catalog catalog = catalogs.current();
        Integration integration = parameter(request, "endpointId").flatMap(catalog::integration)
                .orElseThrow(() -> invalid("endpointId", "There is no such endpoint."));
        Optional<Operation> operation = parameter(request, "operation")
                .flatMap(name -> catalog.operation(integration, name));
        Credential credential = credential(request, integration, operation);
        Operation called = operation.orElseThrow(() -> invalid("operation", "The endpoint has no such operation."));
        admission.require(called, credential);
        Optional<UUID> transaction = guid(request, "transactionId");
        CallMeta meta = meta(request, credential);
        return new OperationCall(catalog.project(integration.project()).orElseThrow(), integration, called,
                transaction, BodyReader.read(request), clock.instant().truncatedTo(ChronoUnit.MICROS), meta);
    }

    /** Without a key it makes no difference to the answer whether the operation exists. */
    private Credential credential(Request request, Integration integration, Optional<Operation> operation) {
        return switch (access.authenticateSecretKey(request.header("Authorization"))) {
            case Granted(Caller caller) -> granted(caller, integration);
            case Denied(Reason reason) -> switch (reason) {
                case MISSING -> site(request, integration, operation);
                case MALFORMED -> throw unauthorized("The Authorization header is not \"SecretKey\" with a key.");
                case UNKNOWN, REVOKED, EXPIRED -> throw forbidden("This is no valid key.");
                case INACTIVE -> throw forbidden("The endpoint is switched off.");
            };
        };
    }

    private static Credential granted(Caller caller, Integration integration) {
        if (caller instanceof OfIntegration own && own.integration().id().equals(integration.id())
                && own.project().equals(integration.project())) {
            return own.test() ? Credential.TEST_KEY : Credential.SECRET_KEY;
        }
        throw forbidden("This key is not one of the endpoint.");
    }

    private static Credential site(Request request, Integration integration, Optional<Operation> operation) {
        boolean open = integration.active() && operation.filter(called -> !called.requiresSecretKey()
                && called.step().isPublic()).isPresent();
        boolean listed = request.header("Origin").map(origin -> origin.toLowerCase(Locale.ROOT))
                .filter(integration.sites()::contains).isPresent();
        if (open && listed) {
            return Credential.SITE;
        }
        throw unauthorized("Send a secret key as \"Authorization: SecretKey ...\".");
    }

    /** A browser could write any address into the header; who has a key knows whom it speaks for. */
    private static CallMeta meta(Request request, Credential credential) {
        Optional<ClientAddress> told = credential == Credential.SITE ? Optional.of(request.clientAddress())
                : request.header("X-Customer-IP").flatMap(ClientAddress::parse);
        return new CallMeta(told.orElse(request.clientAddress()).text(), told.map(ClientAddress::limitKey),
                request.header("User-Agent"), request.header("Referer").or(() -> request.header("Origin")),
                guid(request, "deviceUUID"), credential);
    }

    private static Optional<UUID> guid(Request request, String name) {
        return parameter(request, name).map(text -> {
            if (!text.matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")) {
                throw invalid(name, "A GUID is expected.");
            }
            return UUID.fromString(text);
        });
    }

    /** The vendor's own documents spell names of parameters in more than one way. */
    private static Optional<String> parameter(Request request, String name) {
        var query = request.queryAll();
        return query.names().stream().filter(name::equalsIgnoreCase).findFirst().flatMap(query::first)
                .filter(text -> !text.isBlank() && text.length() <= LONGEST_NAME);
    }

    private static ProblemException invalid(String parameter, String detail) {
        return new ProblemException(Problem.INVALID_VALUE, detail, parameter);
    }

    private static ProblemException unauthorized(String detail) {
        return new ProblemException(Problem.UNAUTHORIZED, detail).withHeader("WWW-Authenticate", "SecretKey");
    }

    private static ProblemException forbidden(String detail) {
        return new ProblemException(Problem.FORBIDDEN, detail);
    }
}
