package io.countersign.server.project;

import io.countersign.domain.contact.ContactType;
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
        Optional<String> contact = entry.text("contact", Rule.oneOf("primary", "non_primary"));
        columns.named("channel", channel).named("contact", contact)
                .named("lifetime_seconds", entry.text("lifetime", Rule.oneOf("5m", "1h", "1d", "30d"))
                        .map(word -> (int) LIFETIMES.get(word).toSeconds()));
        columns.named("campaign", entry.text("campaign", Rule.SLUG));
        if (step.equals(Optional.of(StepKind.SEND_MESSAGE))) {
            requireOneContent(entry);
        }
        entry.map("message").ifPresent(parts -> columns.with(InlineMessageReader.read(parts,
                channel.equals(Optional.of("sms")) ? ContactType.MOBILE : ContactType.EMAIL,
                contact.equals(Optional.of("non_primary")))));
        of(entry, step, "channel", StepKind.RESEND_CODE, StepKind.SEND_MESSAGE);
        of(entry, step, "contact", StepKind.SEND_MESSAGE);
        of(entry, step, "message", StepKind.SEND_MESSAGE);
        of(entry, step, "campaign", StepKind.SEND_MESSAGE);
        of(entry, step, "lifetime", StepKind.GENERATE_AUTHORIZATION_CODE);
        entry.end();
        return new OperationSetup(entry.place(), name, columns);
    }

    /** A message of its own, or a campaign, which says by which channel it goes. */
    private static void requireOneContent(Entry entry) {
        if (!entry.has("message") && !entry.has("campaign")) {
            entry.problems().add(entry.at("message"), "is needed, or a campaign");
        }
        for (String key : List.of("message", "channel")) {
            if (entry.has("campaign") && entry.has(key)) {
                entry.problems().add(entry.at(key), "cannot stand beside a campaign, which has its own");
            }
        }
    }

    /** A setting of other steps says that the file does not mean what it says. */
    private static void of(Entry entry, Optional<StepKind> step, String key, StepKind... steps) {
        if (entry.has(key) && step.isPresent() && !List.of(steps).contains(step.get())) {
            entry.problems().add(entry.at(key), "is no setting of the step " + step.get().word());
        }
    }
}
