package io.countersign.server.operation;

import io.countersign.server.platform.http.RateLimit;
import io.countersign.server.project.Operation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often an operation may be called (AP8), and how often with a test key (CC4). Each node counts for itself. */
final class CallLimits {
    private static final int CALLS_WITH_TEST_KEY = 100;

    private final InstantSource clock;
    private final RateLimit withTestKey;
    /** By the amount per minute, of which the set-up knows few. */
    private final Map<Integer, RateLimit> byAmount = new ConcurrentHashMap<>();

    CallLimits(InstantSource clock) {
        this.clock = clock;
        this.withTestKey = new RateLimit(CALLS_WITH_TEST_KEY, Duration.ofHours(1), clock);
    }

    /**
     * Counts a call, or ends the request.
     *
     * @throws io.countersign.server.platform.http.ProblemException {@code RATE_LIMITED}, with {@code Retry-After}
     */
    void require(Operation operation, CallMeta.Credential credential) {
        String integration = Integer.toString(operation.integration().value());
        if (credential == CallMeta.Credential.TEST_KEY) {
            withTestKey.require(integration);
        }
        byAmount.computeIfAbsent(operation.callsPerMinute(),
                amount -> new RateLimit(amount, Duration.ofMinutes(1), clock))
                .require(integration + ":" + operation.name().toLowerCase(Locale.ROOT));
    }
}
