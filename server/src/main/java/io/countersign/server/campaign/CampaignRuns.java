package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignEvent;
import io.countersign.domain.campaign.CampaignOutcome;
import io.countersign.domain.campaign.CampaignRules;
import io.countersign.domain.campaign.CampaignState;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.campaign.RunStore.Running;
import io.countersign.server.customer.Customers;
import io.countersign.server.platform.Complaints;
import io.countersign.server.platform.Periodic;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalogs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Carries bulk campaigns on in the background: begins them at their time, takes the addresses of a file to the door,
 * chooses the recipients, decides about variants, and completes what is sent. Each step is one transaction and begins
 * where the last one was committed, whoever is killed in between; several nodes take turns at a campaign. Projects go
 * on beside one another: a large file, or the choice of a million recipients, holds up its own project only.
 */
public final class CampaignRuns implements AutoCloseable {
    private static final Complaints COMPLAINTS = new Complaints(System.getLogger(CampaignRuns.class.getName()));
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** What nobody waits for is looked at so often. */
    private static final Duration CARE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 5_000;
    /** Projects that are worked for at once: each may hold a connection for as long as its recipients are chosen. */
    private static final int PROJECTS = 4;
    /** So many steps a campaign makes in one turn of its project, before the others are looked at again. */
    private static final int STEPS = 20;

    private final Database database;
    private final Catalogs catalogs;
    private final InstantSource clock;
    private final AddressQueue addresses;
    private final ProjectTurns turns = new ProjectTurns("campaign-turn", PROJECTS);
    private final Periodic looks = new Periodic("campaign-runs", PAUSE);
    private final Periodic cares = new Periodic("campaign-cares", CARE);
    private final Periodic trials = new Periodic("campaign-trials", CARE);

    public CampaignRuns(Database database, Catalogs catalogs, Customers customers, InstantSource clock) {
        this.database = database;
        this.catalogs = catalogs;
        this.clock = clock;
        this.addresses = new AddressQueue(customers);
    }

    public CampaignRuns start() {
        looks.start(clock, this::look);
        cares.start(clock, this::leaveOut);
        trials.start(clock, this::tryOut);
        return this;
    }

    /** What ended before all was sent leaves nothing that seems to wait. */
    void leaveOut() {
        each(database.with(tx -> RunStore.over(tx, clock.instant())), over -> cares.drain(AT_ONCE, () ->
                database.with(tx -> RunStore.leaveOut(tx, over, AT_ONCE, clock.instant()))));
    }

    /** An automated campaign goes on with one text once that did better for certain. */
    void tryOut() {
        each(database.with(tx -> RunStore.trials(tx, clock.instant())), trying -> database.transaction(tx -> {
            Optional<Campaign> campaign = CampaignStore.find(tx, trying.project(), trying.campaign());
            if (campaign.isPresent() && RunStore.lock(tx, campaign.get())) {
                TrialStore.decideIfCertain(tx, campaign.get(), clock.instant());
            }
            return null;
        }));
    }

    /** One that fails holds up no other. */
    private static void each(List<Running> campaigns, Consumer<Running> work) {
        COMPLAINTS.each(campaigns, campaign -> "campaign " + campaign.campaign() + " cannot go on yet", work);
    }

    /** Begins a turn for every project with a campaign under way. */
    void look() {
        Map<ProjectId, Runnable> work = new HashMap<>();
        database.with(tx -> RunStore.running(tx, clock.instant())).stream()
                .collect(Collectors.groupingBy(Running::project))
                .forEach((project, campaigns) -> work.put(project, () -> turn(campaigns)));
        turns.begin(work);
    }

    /** One look, and the end of all that is under way then. */
    void round() {
        look();
        turns.await();
    }

    /** Step by step in turn, so that a campaign with many steps lets the others of its project pass. */
    private void turn(List<Running> campaigns) {
        List<Running> left = campaigns;
        for (int i = 0; i < STEPS && !left.isEmpty(); i++) {
            var more = new ArrayList<Running>();
            each(left, campaign -> {
                if (step(campaign)) {
                    more.add(campaign);
                }
            });
            left = more;
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
            boolean mine = RunStore.lock(tx, campaign) && AddressStore.isThere(tx, campaign);
            if (mine) {
                RunStore.begin(tx, campaign, to.get(), now);
            }
            return mine;
        });
    }

    /** What comes before the first message: the lines of a file, batch by batch, and then everybody at once. */
    private boolean gather(Campaign campaign, Brand brand, Instant now) {
        boolean file = Audience.stored(campaign.settings().audience()).file();
        if (file) {
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
            if (mine && file && !AddressStore.next(tx, campaign, 1).isEmpty()) {
                return false; // another node was at the lines a moment ago, and is not through
            }
            if (mine) {
                RecipientStore.freeze(tx, campaign, brand, now, decisionOf(campaign).orElse(now));
                if (file) {
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
        looks.close();
        cares.close();
        trials.close();
    }
}
