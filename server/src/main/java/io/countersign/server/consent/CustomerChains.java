package io.countersign.server.consent;

import io.countersign.server.consent.ChainFinding.What;
import io.countersign.server.consent.ChainStore.End;
import io.countersign.server.consent.ChainStore.Place;
import io.countersign.server.consent.ChainStore.Stored;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The chains of single customers, checked. */
public final class CustomerChains {
    private static final int RECORDS = 500;

    private final ConsentSeal seal;

    public CustomerChains(Secrets secrets) {
        this.seal = new ConsentSeal(secrets);
    }

    /**
     * A chain.
     *
     * @param head  where the customer's row says that it ends
     * @param found what does not fit, in order
     */
    public record Checked(UUID customer, ConsentChains.Head head, List<ChainFinding> found) {}

    /** Of these customers, living or merged away, those who have one; a unit of work for {@link Database}. */
    public Database.Work<List<Checked>> of(int project, Collection<UUID> customers) {
        return tx -> {
            Instant beginning = ChainStore.beginning(tx);
            var chains = new ArrayList<Checked>();
            for (End end : ChainStore.ends(tx, project, customers)) {
                var walk = new ChainWalk(seal, beginning);
                var found = new ArrayList<ChainFinding>();
                var place = new Place(end.customer(), 0);
                List<Stored> page;
                do {
                    page = ChainStore.records(tx, project, place, end.customer(), RECORDS);
                    page.forEach(record -> walk.next(record).ifPresent(what -> found.add(new ChainFinding(
                            Optional.of(end.customer()), Optional.of(record.id()), what))));
                    place = page.isEmpty() ? place : new Place(end.customer(), page.getLast().position());
                } while (page.size() == RECORDS);
                if (!walk.endsAt(end.head())) {
                    found.add(new ChainFinding(Optional.of(end.customer()), Optional.empty(), What.END_DIFFERS));
                }
                chains.add(new Checked(end.customer(), end.head(), List.copyOf(found)));
            }
            return chains;
        };
    }
}
