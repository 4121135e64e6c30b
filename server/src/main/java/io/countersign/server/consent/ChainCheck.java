package io.countersign.server.consent;

import io.countersign.server.consent.ChainFinding.What;
import io.countersign.server.consent.ChainStore.End;
import io.countersign.server.consent.ChainStore.Place;
import io.countersign.server.consent.ChainStore.Stored;
import io.countersign.server.consent.ChainStore.Tenant;
import io.countersign.server.consent.ConsentChains.Head;
import io.countersign.server.platform.database.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * Looks at every consent of every project: whether it is as it was recorded, none is missing, and none was put in. Goes
 * through them in batches, each as of one moment, so that a server may go on working and memory stays the same.
 */
public final class ChainCheck {
    private static final int CUSTOMERS = 500;
    private static final int RECORDS = 1_000;
    private static final int ANCHORS = 100;
    /** More are only counted. */
    private static final int MOST_FINDINGS = 1_000;
    private static final UUID LAST = new UUID(-1, -1);

    private final Database database;
    private final ConsentSeal seal;
    private final ConsentAnchors anchors;

    public ChainCheck(Database database, ConsentSeal seal) {
        this.database = database;
        this.seal = seal;
        this.anchors = new ConsentAnchors(database, seal, InstantSource.fixed(Instant.EPOCH));
    }

    /**
     * What was seen in a project.
     *
     * @param found    the first of what does not fit
     * @param findings how many there are
     */
    public record Result(String project, Counts counts, Optional<ConsentAnchor> lastAnchor, List<ChainFinding> found,
                         long findings) {
        public boolean isIntact() {
            return findings == 0;
        }
    }

    /** How much was looked at; {@code erased} are hashes without a record. */
    public record Counts(long customers, long records, long erased, long anchors) {}

    /** @param progress is told how many records were looked at, now and then */
    public List<Result> check(LongConsumer progress) {
        Instant beginning = database.with(ChainStore::beginning);
        var results = new ArrayList<Result>();
        for (Tenant project : database.with(ChainStore::projects)) {
            var run = new Run(project.id(), beginning, progress);
            run.chains();
            Optional<ConsentAnchor> last = run.anchors();
            long erased = database.with(tx -> ChainStore.erased(tx, project.id()));
            results.add(new Result(project.slug(), new Counts(run.customers, run.records, erased,
                    last.map(ConsentAnchor::number).orElse(0)), last, run.found, run.findings));
        }
        return results;
    }

    private final class Run {
        private final int project;
        private final Instant beginning;
        private final LongConsumer progress;
        private final List<ChainFinding> found = new ArrayList<>();
        private long findings;
        private long customers;
        private long records;

        Run(int project, Instant beginning, LongConsumer progress) {
            this.project = project;
            this.beginning = beginning;
            this.progress = progress;
        }

        void chains() {
            UUID after = new UUID(0, 0);
            while (!after.equals(LAST)) {
                UUID start = after;
                after = database.transaction(tx -> {
                    ChainStore.freeze(tx);
                    var batch = new Batch(ChainStore.ends(tx, project, start, CUSTOMERS));
                    var place = new Place(start, Integer.MAX_VALUE);
                    List<Stored> page;
                    do {
                        page = ChainStore.records(tx, project, place, batch.last, RECORDS);
                        place = page.isEmpty() ? place : batch.take(page);
                    } while (page.size() == RECORDS);
                    return batch.end();
                });
                progress.accept(records);
            }
        }

        /** The chains of the next customers, and records of customers who should be among them. */
        private final class Batch {
            private final Map<UUID, Head> ends = new LinkedHashMap<>();
            private final UUID last;
            private UUID current;
            private ChainWalk walk;

            Batch(List<End> next) {
                next.forEach(end -> ends.put(end.customer(), end.head()));
                last = next.size() < CUSTOMERS ? LAST : next.getLast().customer();
                customers += next.size();
            }

            Place take(List<Stored> page) {
                for (Stored record : page) {
                    if (!record.customer().equals(current)) {
                        finish();
                        current = record.customer();
                        walk = new ChainWalk(seal, beginning);
                    }
                    walk.next(record).ifPresent(what -> tell(record.customer(), Optional.of(record.id()), what));
                }
                records += page.size();
                return new Place(page.getLast().customer(), page.getLast().position());
            }

            UUID end() {
                finish();
                ends.forEach((customer, head) -> {
                    if (head.length() > 0) {
                        tell(customer, Optional.empty(), What.END_DIFFERS);
                    }
                });
                return last;
            }

            private void finish() {
                if (current != null) {
                    Head head = ends.remove(current);
                    if (head == null) {
                        tell(current, Optional.empty(), What.NO_CUSTOMER);
                    } else if (!walk.endsAt(head)) {
                        tell(current, Optional.empty(), What.END_DIFFERS);
                    }
                }
            }
        }

        Optional<ConsentAnchor> anchors() {
            Optional<ConsentAnchor> before = Optional.empty();
            List<ConsentAnchor> page;
            do {
                page = anchors.of(project, before.map(ConsentAnchor::number).orElse(0), ANCHORS);
                for (ConsentAnchor anchor : page) {
                    if (!anchors.holds(project, before, anchor)) {
                        tell(null, Optional.empty(), What.ANCHOR_DIFFERS);
                    }
                    before = Optional.of(anchor);
                }
            } while (page.size() == ANCHORS);
            return before;
        }

        private void tell(UUID customer, Optional<UUID> record, What what) {
            findings++;
            if (found.size() < MOST_FINDINGS) {
                found.add(new ChainFinding(Optional.ofNullable(customer), record, what));
            }
        }
    }
}
