package io.countersign.server.form;

import io.countersign.server.platform.http.RateLimit;
import io.countersign.server.platform.http.Request;
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

    /** Counts a post. */
    RateLimit.Decision take(Catalog catalog, Form form, Request request) {
        int amount = catalog.project(form.project()).orElseThrow().limits().formPostsPerMinuteAndIp();
        return byAmount.computeIfAbsent(amount, n -> new RateLimit(n, Duration.ofMinutes(1), clock))
                .take(form.id() + ' ' + request.clientAddress().limitKey());
    }
}
