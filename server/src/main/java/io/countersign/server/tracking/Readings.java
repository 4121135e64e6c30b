package io.countersign.server.tracking;

import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.link.LinkedMessage;
import io.countersign.server.link.LinkedMessageStore;
import io.countersign.server.link.MessageEvent;
import io.countersign.server.platform.Complaints;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Periodic;
import io.countersign.server.platform.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes down who reads, in batches, apart from the requests: a redirect waits for no commit. Only statistics are lost
 * when more comes than can be written, or when the node dies within the moment that a reading waits.
 */
public final class Readings implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Readings.class.getName());
    private static final int WAITING = 10_000;
    private static final int BATCH = 500;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Until then it may turn out that a machine follows all links of a mail at once. */
    static final Duration AT_ONCE = Duration.ofSeconds(2);
    /** Nobody reads a mail so soon after it was handed over. */
    static final Duration TOO_SOON = Duration.ofSeconds(5);

    private final Parts parts;
    private final Queue<Reading> waiting = new ArrayBlockingQueue<>(WAITING);
    private final LongAdder lost = new LongAdder();
    private final Complaints complaints = new Complaints(LOG);
    private final Periodic periodic = new Periodic("readings", PAUSE);

    /** What it works with. */
    public record Parts(Database database, Customers customers, Ids ids, InstantSource clock) {}

    public Readings(Parts parts) {
        this.parts = parts;
    }

    public Readings start() {
        periodic.start(() -> write(parts.clock().instant().minus(AT_ONCE)));
        return this;
    }

    /** Notes a reading, and never waits. */
    public void add(Reading reading) {
        if (!waiting.offer(reading)) {
            lost.increment();
        }
    }

    /** How many were lost since the start. */
    public long lost() {
        return lost.sum();
    }

    /** Writes what has waited since {@code until}; one at a time. */
    synchronized void write(Instant until) {
        for (List<Reading> batch = next(until); !batch.isEmpty(); batch = next(until)) {
            batch.stream().collect(Collectors.groupingBy(reading -> reading.link().project())).forEach(this::write);
        }
    }

    private List<Reading> next(Instant until) {
        var batch = new ArrayList<Reading>();
        for (Reading first = waiting.peek(); first != null && !first.at().isAfter(until) && batch.size() < BATCH;
                first = waiting.peek()) {
            batch.add(waiting.remove());
        }
        return batch;
    }

    private void write(ProjectId project, List<Reading> readings) {
        try {
            List<LinkedMessage> alive = parts.database().transaction(tx -> {
                Map<UUID, LinkedMessage> messages = LinkedMessageStore.find(tx, project, readings.stream()
                        .map(reading -> reading.link().message()).distinct().toList()).stream()
                        .collect(Collectors.toMap(LinkedMessage::id, Function.identity()));
                List<MessageEvent> events = readings.stream()
                        .flatMap(reading -> event(reading, messages.get(reading.link().message())).stream()).toList();
                return ReadingStore.write(tx, project, events).stream().map(messages::get).toList();
            });
            restore(project, alive);
        } catch (RuntimeException | Error e) {
            lost.add(readings.size());
            complaints.tell("readings are not in the statistics", e);
        }
    }

    private Optional<MessageEvent> event(Reading reading, LinkedMessage message) {
        if (message == null || message.isTest() || !isTracked(reading.kind(), message)) {
            return Optional.empty();
        }
        boolean tooSoon = message.sentAt().map(sent -> reading.at().isBefore(sent.plus(TOO_SOON))).orElse(true);
        var client = reading.client();
        return Optional.of(new MessageEvent(parts.ids().next(), MessageEvent.Of.of(message), reading.kind(),
                reading.at(), Optional.of(reading.link().number()).filter(number -> number > 0), reading.detail(),
                new MessageEvent.Client(client.automatic() || tooSoon, client.ip(), client.userAgent())));
    }

    /** Links in mails that were sent before tracking was switched off still come here. */
    private static boolean isTracked(MessageEvent.Kind kind, LinkedMessage message) {
        return switch (kind) {
            case OPEN -> message.ofCampaign().filter(campaign -> campaign.tracks().opens()).isPresent();
            case CLICK -> message.ofCampaign().filter(campaign -> campaign.tracks().clicks()).isPresent();
            default -> true;
        };
    }

    private void restore(ProjectId project, List<LinkedMessage> alive) {
        List<Submission> restored = alive.stream()
                .map(message -> Submission.of(new CustomerCommand(new Who.ById(message.customer()), IfUnknown.REFUSE,
                        List.of(new Change.SignOfLife(message.type(), message.value(),
                                message.sentAt().orElseThrow())),
                        new Origin("reading", Optional.empty(), "server", false), parts.customers().fresh())))
                .toList();
        if (!restored.isEmpty()) {
            parts.customers().apply(project, restored);
        }
    }

    /** Writes what still waits. */
    @Override
    public void close() {
        periodic.close();
        write(Instant.MAX);
    }
}
