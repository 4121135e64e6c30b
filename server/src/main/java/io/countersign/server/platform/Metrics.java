package io.countersign.server.platform;

import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.RequestObserver;
import io.countersign.server.platform.http.Route;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the server tells about itself at {@code /metrics}. Labels come from the route table, never from a request. */
public final class Metrics implements RequestObserver {
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Answer, Timer> timers = new ConcurrentHashMap<>();

    private record Answer(String method, String path, int status) {}

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        try (var gc = new JvmGcMetrics()) {
            gc.bindTo(registry);
        }
    }

    @Override
    public void done(Route route, int status, long nanos) {
        timers.computeIfAbsent(new Answer(route.method(), route.path(), status), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Answer answer) {
        return Timer.builder("http_server_requests").description("Answered requests")
                .tags("method", answer.method(), "route", answer.path(), "status", Integer.toString(answer.status()))
                .register(registry);
    }

    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /** The page for the scraper. */
    public Reply page() {
        return Reply.text(registry.scrape()).withContentType(FORMAT);
    }
}
