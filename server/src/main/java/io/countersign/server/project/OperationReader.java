package io.countersign.server.project;

import io.countersign.server.project.Setups.OperationSetup;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the operations of an integration. */
final class OperationReader {
    private static final Map<String, Duration> LIFETIMES = Map.of("5m", Duration.ofMinutes(5),
            "1h", Duration.ofHours(1), "1d", Duration.ofDays(1), "30d", Duration.ofDays(30));
    private static final Rule STEP = Rule.oneOf(List.of(StepKind.values()).stream().map(StepKind::word)
            .toArray(String[]::new));

    private OperationReader() {}

    static OperationSetup read(Entry entry, String integration) {
        String name = entry.required("name", Rule.OPERATION);
        entry.problems().once(entry.at("name"), "operation/" + integration, name.toLowerCase(Locale.ROOT),
                "operation \"" + name + "\" stands in this integration twice");
        Optional<StepKind> step = StepKind.of(entry.required("step", STEP));
        var columns = new Columns().with("name", name).named("step", step.map(StepKind::word))
                .named("requires_secret_key", entry.flag("requires_secret_key"))
                .named("returns_validation_errors", entry.flag("returns_validation_errors"))
                .named("calls_per_minute", entry.number("calls_per_minute", 1, 1_000_000));
        Optional<String> channel = entry.text("channel", Rule.oneOf("email", "sms"));
        columns.named("channel", channel)
                .named("contact", entry.text("contact", Rule.oneOf("primary", "non_primary")))
                .named("lifetime_seconds", entry.text("lifetime", Rule.oneOf("5m", "1h", "1d", "30d"))
                        .map(word -> (int) LIFETIMES.get(word).toSeconds()));
        message(entry, step, channel.orElse("email").equals("email"), columns);
        of(entry, step, "channel", StepKind.RESEND_CODE, StepKind.SEND_MESSAGE);
        of(entry, step, "contact", StepKind.SEND_MESSAGE);
        of(entry, step, "message", StepKind.SEND_MESSAGE);
        of(entry, step, "lifetime", StepKind.GENERATE_AUTHORIZATION_CODE);
        entry.end();
        return new OperationSetup(entry.place(), name, columns);
    }

    /** A setting of other steps says that the file does not mean what it says. */
    private static void of(Entry entry, Optional<StepKind> step, String key, StepKind... steps) {
        if (entry.has(key) && step.isPresent() && !List.of(steps).contains(step.get())) {
            entry.problems().add(entry.at(key), "is no setting of the step " + step.get().word());
        }
    }

    private static void message(Entry entry, Optional<StepKind> step, boolean email, Columns columns) {
        Optional<Entry> message = entry.map("message");
        if (message.isEmpty() && step.equals(Optional.of(StepKind.SEND_MESSAGE)) && !entry.has("message")) {
            entry.problems().add(entry.at("message"), "is needed");
        }
        message.ifPresent(parts -> {
            Optional<String> subject = parts.text("subject", Rule.SUBJECT);
            Optional<String> html = parts.text("html", Rule.TEXT);
            Optional<String> text = parts.text("text", Rule.TEXT);
            if (email && !parts.has("subject")) {
                parts.problems().add(parts.at("subject"), "is needed");
            }
            if (!parts.has("text") && (!email || !parts.has("html"))) {
                parts.problems().add(parts.at("text"), "is needed");
            }
            if (!email && (parts.has("subject") || parts.has("html"))) {
                parts.problems().add(parts.place(), "an SMS has a text only");
            }
            columns.with("message_subject", subject.orElse(null)).with("message_html", html.orElse(null))
                    .with("message_text", text.orElse(null));
            parts.end();
        });
    }
}
