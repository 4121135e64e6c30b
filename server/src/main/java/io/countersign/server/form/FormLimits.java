package io.countersign.server.form;

import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.RateLimit;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.pages.Wait;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Form;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often one client may post one form in a minute, as its project says. */
final class FormLimits {
    private final InstantSource clock;
    private final Map<Integer, RateLimit> byAmount = new ConcurrentHashMap<>();

    FormLimits(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Counts a post of another site's form, or refuses it.
     *
     * @throws ProblemException that says when the next one may come
     */
    void require(Catalog catalog, Form form, Request request) {
        RateLimit.Decision decision = take(catalog, form, request);
        if (!decision.allowed()) {
            throw new ProblemException(Problem.RATE_LIMITED, "Too many signups, please try again in a little while")
                    .with("next_allowed_at", decision.nextAllowedAt().toString())
                    .withHeader("Retry-After", Long.toString(new Wait(clock.instant(), decision.nextAllowedAt())
                            .seconds()));
        }
    }

    /** Counts a post. */
    RateLimit.Decision take(Catalog catalog, Form form, Request request) {
        int amount = catalog.project(form.project()).orElseThrow().limits().formPostsPerMinuteAndIp();
        return byAmount.computeIfAbsent(amount, n -> new RateLimit(n, Duration.ofMinutes(1), clock))
                .take(form.id() + ' ' + request.clientAddress().limitKey());
    }
}
