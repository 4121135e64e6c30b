package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignEvent;
import io.countersign.domain.campaign.CampaignOutcome;
import io.countersign.domain.campaign.CampaignRules;
import io.countersign.domain.campaign.CampaignState;
import io.countersign.server.campaign.RunStore.Running;
import io.countersign.server.customer.Customers;
import io.countersign.server.platform.Periodic;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalogs;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Carries bulk campaigns on in the background: begins them at their time, takes the addresses of a file to the door,
 * chooses the recipients, decides about variants, and completes what is sent. Each step is one transaction and begins
 * where the last one was committed, whoever is killed in between; several nodes take turns at a campaign.
 */
public final class CampaignRuns implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CampaignRuns.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** What nobody waits for is looked at so often. */
    private static final Duration CARE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 5_000;

    private final Database database;
    private final Catalogs catalogs;
    private final InstantSource clock;
    private final AddressQueue addresses;
    private final Periodic periodic = new Periodic("campaign-runs", PAUSE);
    private Instant cared = Instant.EPOCH;

    public CampaignRuns(Database database, Catalogs catalogs, Customers customers, InstantSource clock) {
        this.database = database;
        this.catalogs = catalogs;
        this.clock = clock;
        this.addresses = new AddressQueue(customers);
    }

    public CampaignRuns start() {
        periodic.start(() -> {
            round();
            care();
        });
        return this;
    }

    /** What ended before all was sent leaves nothing that seems to wait. */
    void leaveOut() {
        for (Running over : database.with(tx -> RunStore.over(tx, clock.instant()))) {
            periodic.drain(AT_ONCE, () -> database.with(tx -> RunStore.leaveOut(tx, over, AT_ONCE, clock.instant())));
        }
    }

    /** An automated campaign goes on with one text once that did better for certain. */
    void tryOut() {
        for (Running trying : database.with(tx -> RunStore.trials(tx, clock.instant()))) {
            database.transaction(tx -> {
                Optional<Campaign> campaign = CampaignStore.find(tx, trying.project(), trying.campaign());
                if (campaign.isPresent() && RunStore.lock(tx, campaign.get())) {
                    TrialStore.decideIfCertain(tx, campaign.get(), clock.instant());
                }
                return null;
            });
        }
    }

    private void care() {
        Instant now = clock.instant();
        if (cared.plus(CARE).isBefore(now)) {
            cared = now;
            leaveOut();
            tryOut();
        }
    }

    /** One look at every campaign that is under way; one that fails holds up no other. */
    void round() {
        for (Running running : database.with(tx -> RunStore.running(tx, clock.instant()))) {
            try {
                boolean more = true;
                while (more) {
                    more = step(running);
                }
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "campaign " + running.campaign() + " cannot go on yet: " + e.getMessage());
            }
        }
    }

    /** The next step of a campaign; false when there is none now. */
    private boolean step(Running running) {
        Instant now = clock.instant();
        Optional<Campaign> found = database.with(tx -> CampaignStore.find(tx, running.project(), running.campaign()));
        Optional<Brand> brand = found.flatMap(campaign ->
                catalogs.current().brand(running.project(), campaign.scope().brand()));
        if (found.isEmpty() || found.get().isDeleted() || brand.isEmpty()) {
            return false;
        }
        Campaign campaign = found.get();
        return switch (campaign.state()) {
            case READY -> campaign.settings().sendAt().filter(at -> !at.isAfter(now)).isPresent()
                    && begin(campaign, now);
            case SENDING -> campaign.life().frozenAt().isEmpty() ? gather(campaign, brand.get(), now)
                    : isTimeToDecide(campaign, now) ? decide(campaign, now) : complete(campaign, now);
            case DRAFT, PAUSED, DONE -> false;
        };
    }

    private boolean begin(Campaign campaign, Instant now) {
        Optional<CampaignState> to = after(campaign, CampaignEvent.START);
        return to.isPresent() && database.transaction(tx -> {
            boolean mine = RunStore.lock(tx, campaign);
            if (mine) {
                RunStore.begin(tx, campaign, to.get(), now);
            }
            return mine;
        });
    }

    /** What comes before the first message: the lines of a file, batch by batch, and then everybody at once. */
    private boolean gather(Campaign campaign, Brand brand, Instant now) {
        if (Audience.stored(campaign.settings().audience()).file()) {
            if (!database.with(tx -> AddressStore.isComplete(tx, campaign))) {
                return false;
            }
            if (addresses.step(campaign)) {
                return true;
            }
        }
        return database.transaction(tx -> {
            boolean mine = RunStore.lock(tx, campaign)
                    && CampaignStore.find(tx, campaign.project(), campaign.id()).orElseThrow().life().frozenAt()
                    .isEmpty();
            if (mine) {
                RecipientStore.freeze(tx, campaign, brand, now, decisionOf(campaign).orElse(now));
                if (Audience.stored(campaign.settings().audience()).file()) {
                    AddressStore.leaveOut(tx, campaign, brand, now);
                }
                RunStore.frozen(tx, campaign, now);
            }
            return mine;
        });
    }

    /** When the rest of an A/B campaign gets its variant. */
    private static Optional<Instant> decisionOf(Campaign campaign) {
        return campaign.test().filter(test -> test.winner().isEmpty())
                .flatMap(test -> campaign.life().startedAt().map(start -> start.plus(test.trial().after())));
    }

    private static boolean isTimeToDecide(Campaign campaign, Instant now) {
        return decisionOf(campaign).filter(moment -> !moment.isAfter(now)).isPresent();
    }

    private boolean decide(Campaign campaign, Instant now) {
        return database.transaction(tx -> {
            boolean mine = RunStore.lock(tx, campaign);
            if (mine) {
                TrialStore.decide(tx, campaign, now);
                TrialStore.release(tx, campaign, now);
            }
            return mine;
        });
    }

    private boolean complete(Campaign campaign, Instant now) {
        Optional<CampaignState> to = after(campaign, CampaignEvent.COMPLETE);
        return to.isPresent() && database.transaction(tx -> {
            boolean over = RunStore.isAllSent(tx, campaign) && RunStore.lock(tx, campaign);
            if (over) {
                RunStore.complete(tx, campaign, to.get(), now);
            }
            return false;
        });
    }

    private static Optional<CampaignState> after(Campaign campaign, CampaignEvent event) {
        var standing = new CampaignRules.Standing(campaign.state(), campaign.kind(), false);
        return CampaignRules.decide(standing, event) instanceof CampaignOutcome.Moved(CampaignState to)
                ? Optional.of(to) : Optional.empty();
    }

    @Override
    public void close() {
        periodic.close();
    }
}
