package io.countersign.server.campaign;

import io.countersign.server.campaign.ProgressStore.Events;
import io.countersign.server.campaign.ProgressStore.Messages;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.http.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** How far a campaign is, as it is shown. */
final class ProgressDocument {
    private static final List<String> STATES = List.of("queued", "sending", "sent", "failed", "skipped");
    /** By the name of the event. */
    private static final Map<String, String> NUMBERS = numbers();

    private ProgressDocument() {}

    private static Map<String, String> numbers() {
        var names = new LinkedHashMap<String, String>();
        names.put("open", "opens");
        names.put("click", "clicks");
        names.put("unsubscribed", "unsubscribes");
        names.put("confirmed", "confirmations");
        names.put("complaint", "complaints");
        names.put("bounce", "bounces");
        return names;
    }

    static ObjectNode of(Campaign campaign, List<Messages> messages, List<Events> events, Instant now) {
        ObjectNode document = Json.object().put("campaign", campaign.slug()).put("state", Names.of(campaign.state()))
                .put("recipients", messages.stream().mapToLong(Messages::count).sum());
        counts(document, messages);
        reasons(document.putObject("skipped_by_reason"), messages, "skipped");
        reasons(document.putObject("failed_by_reason"), messages, "failed");
        numbers(document, events);
        ObjectNode variants = document.putObject("variants");
        messages.stream().flatMap(one -> one.variant().stream()).distinct().sorted().forEach(variant -> {
            ObjectNode of = variants.putObject(variant);
            counts(of, messages.stream().filter(one -> one.variant().equals(Optional.of(variant))).toList());
            numbers(of, events.stream().filter(one -> one.variant().equals(Optional.of(variant))).toList());
        });
        document.put("winner", campaign.test().flatMap(Campaign.Test::winner).orElse(null));
        speed(document, campaign, messages, now);
        return document.put("started_at", shown(campaign.life().startedAt()))
                .put("frozen_at", shown(campaign.life().frozenAt())).put("done_at", shown(campaign.life().doneAt()));
    }

    private static void counts(ObjectNode document, List<Messages> messages) {
        STATES.forEach(state -> document.put(state, messages.stream().filter(one -> one.state().equals(state))
                .mapToLong(Messages::count).sum()));
    }

    private static void reasons(ObjectNode document, List<Messages> messages, String state) {
        messages.stream().filter(one -> one.state().equals(state)).forEach(one -> {
            String reason = one.reason().orElse("unknown");
            document.put(reason, document.path(reason).asLong(0) + one.count());
        });
    }

    private static void numbers(ObjectNode document, List<Events> events) {
        NUMBERS.forEach((kind, name) -> document.put(name, events.stream().filter(one -> one.kind().equals(kind))
                .mapToLong(Events::count).sum()));
    }

    /** What went in the last minute, and when the rest will have gone at that speed. */
    private static void speed(ObjectNode document, Campaign campaign, List<Messages> messages, Instant now) {
        long left = messages.stream().filter(one -> one.state().equals("queued") || one.state().equals("sending"))
                .mapToLong(Messages::count).sum();
        long perMinute = messages.stream().mapToLong(Messages::recent).sum();
        document.put("per_minute", perMinute);
        boolean moves = campaign.life().doneAt().isEmpty() && left > 0 && perMinute > 0;
        document.put("estimated_end", moves ? now.plusSeconds(left * 60 / perMinute).toString() : null);
    }

    private static String shown(Optional<Instant> moment) {
        return moment.map(Instant::toString).orElse(null);
    }
}
