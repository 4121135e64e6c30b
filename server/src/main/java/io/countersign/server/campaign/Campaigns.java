package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignEvent;
import io.countersign.domain.campaign.CampaignOutcome;
import io.countersign.domain.campaign.CampaignRules;
import io.countersign.domain.campaign.CampaignRules.Part;
import io.countersign.domain.campaign.CampaignRules.Standing;
import io.countersign.domain.campaign.CampaignState;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.campaign.CampaignStore.CampaignFilter;
import io.countersign.server.campaign.CampaignTexts.Chosen;
import io.countersign.server.campaign.CampaignTexts.Key;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.DoubleOptIn;
import io.countersign.server.template.Content;
import io.countersign.server.template.Needs;
import io.countersign.server.template.Template;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Campaigns set up, and led through their lives. What cannot be done becomes a problem. */
public final class Campaigns {
    private static final int MOST_TEXTS = 200;

    private final Parts parts;
    private final Database database;

    /** @param templates compiles a text, or throws {@link io.countersign.server.template.InvalidTemplate} */
    public record Parts(Database database, Catalogs catalogs, Ids ids, InstantSource clock,
                        Function<Content, Template> templates) {}

    public Campaigns(Parts parts) {
        this.parts = parts;
        this.database = parts.database();
    }

    /** A campaign with its texts. */
    record Whole(Campaign campaign, CampaignTexts texts, Optional<String> poll) {}

    Parts parts() {
        return parts;
    }

    List<Campaign> list(ProjectId project, CampaignFilter filter, Optional<Integer> before, int most) {
        return database.with(tx -> CampaignStore.list(tx, project, filter, before.orElse(null), most));
    }

    Campaign find(ProjectId project, String slug) {
        return database.with(tx -> CampaignStore.find(tx, project, slug)).orElseThrow(Campaigns::unknown);
    }

    /** As of one moment. */
    Whole whole(ProjectId project, String slug) {
        return database.transaction(tx -> {
            tx.update("set transaction isolation level repeatable read, read only");
            Campaign campaign = CampaignStore.find(tx, project, slug).orElseThrow(Campaigns::unknown);
            return new Whole(campaign, CampaignStore.texts(tx, campaign), AskedPollStore.slug(tx, campaign));
        });
    }

    Campaign create(ProjectId project, Members body, String by) {
        return database.transaction(tx -> {
            var named = new CampaignReader.Named(
                    ProfileStore.hold(tx, project, CampaignReader.named(body, "profile")),
                    AskedPollStore.find(tx, project, CampaignReader.named(body, "poll")));
            Campaign made = new CampaignReader(parts.catalogs().current(), named, body).created(project, by, now());
            CampaignRows.insert(tx, made).orElseThrow(() -> new ProblemException(Problem.CONFLICT,
                    "There is a campaign of this name; take another.", "slug"));
            return made;
        });
    }

    /** Problems: unknown; a part that is frozen (CP12). */
    Campaign change(ProjectId project, String slug, Members body) {
        return database.transaction(tx -> {
            Campaign before = CampaignStore.lock(tx, project, slug).orElseThrow(Campaigns::unknown);
            var named = new CampaignReader.Named(
                    ProfileStore.hold(tx, project, CampaignReader.named(body, "profile")),
                    AskedPollStore.find(tx, project, CampaignReader.named(body, "poll")));
            Campaign after = new CampaignReader(parts.catalogs().current(), named, body).changed(before, now());
            Standing at = CampaignStore.standing(tx, before);
            Set<Part> changed = changed(before, after);
            changed.forEach(part -> requireOpen(part, at));
            if (changed.contains(Part.AUDIENCE)) {
                requireStillFit(after, GroundStore.ofFinished(tx, parts, after));
            }
            CampaignRows.update(tx, after);
            return after;
        });
    }

    private static Set<Part> changed(Campaign before, Campaign after) {
        Campaign.Settings old = before.settings();
        Campaign.Settings settings = after.settings();
        var changed = EnumSet.noneOf(Part.class);
        if (!before.scope().equals(after.scope()) || !before.test().equals(after.test())
                || !old.poll().equals(settings.poll())) {
            changed.add(Part.SCOPE);
        }
        if (!old.audience().equals(settings.audience()) || !old.sendAt().equals(settings.sendAt())) {
            changed.add(Part.AUDIENCE);
        }
        if (!before.named().utm().equals(after.named().utm()) || !old.landingUrl().equals(settings.landingUrl())
                || old.tracksOpens() != settings.tracksOpens() || old.tracksClicks() != settings.tracksClicks()) {
            changed.add(Part.SETTINGS);
        }
        return changed;
    }

    private static void requireOpen(Part part, Standing at) {
        if (!CampaignRules.isOpen(part, at)) {
            throw new ProblemException(Problem.CONFLICT, switch (part) {
                case SCOPE -> "Brand, channel, topic, kind, profile, poll and test stay as they are once the "
                        + "campaign is finished: reopen it first.";
                case TEXTS -> "The texts of a campaign that was started stay as they are.";
                case AUDIENCE -> "Who gets a campaign that was started, and when, stays as it is.";
                case NAME, SETTINGS -> "This stays as it is while the campaign is sent, and afterwards.";
            }).with("state", Names.of(at.state()));
        }
    }

    /** What came of a text that was put; {@code fresh}: there was none at this place. */
    record Put(boolean fresh, List<TextWarnings.Warning> warnings) {}

    /** Problems: unknown, frozen, a text that cannot be sent. */
    Put putText(ProjectId project, String slug, Key key, Content content, String by) {
        Needs needs = TextFaults.refusing(() -> parts.templates().apply(content).needs());
        return database.transaction(tx -> {
            Campaign campaign = CampaignStore.lock(tx, project, slug).orElseThrow(Campaigns::unknown);
            requireOpen(Part.TEXTS, CampaignStore.standing(tx, campaign));
            boolean fresh = CampaignRows.putText(tx, campaign, key, content, change(by));
            if (fresh && CampaignRows.texts(tx, campaign) > MOST_TEXTS) {
                throw new ProblemException(Problem.CONFLICT, "A campaign may have at most " + MOST_TEXTS + " texts.");
            }
            requireStillFit(campaign, GroundStore.ofFinished(tx, parts, campaign));
            return new Put(fresh, TextWarnings.of(campaign, needs, CampaignCheck.faults(campaign,
                    new Chosen(key, content), GroundStore.around(tx, parts, campaign, List.of(content)),
                    parts.templates())));
        });
    }

    void deleteText(ProjectId project, String slug, Key key, String by) {
        database.transaction(tx -> {
            Campaign campaign = CampaignStore.lock(tx, project, slug).orElseThrow(Campaigns::unknown);
            requireOpen(Part.TEXTS, CampaignStore.standing(tx, campaign));
            if (!CampaignRows.deleteText(tx, campaign, key, change(by))) {
                throw new ProblemException(Problem.NOT_FOUND, "The campaign has no such text.");
            }
            requireStillFit(campaign, GroundStore.ofFinished(tx, parts, campaign));
            return key;
        });
    }

    /** One that is finished stays fit to be sent, whatever is corrected in it. */
    private void requireStillFit(Campaign campaign, Optional<GroundStore.Ground> finished) {
        finished.ifPresent(ground -> requireFit(campaign, ground));
    }

    private void requireFit(Campaign campaign, GroundStore.Ground ground) {
        List<CampaignCheck.Fault> faults = CampaignCheck.faults(campaign, ground.texts(), ground.around(),
                parts.templates());
        if (!faults.isEmpty()) {
            throw TextFaults.incomplete(faults);
        }
    }

    /**
     * Does something with the campaign as a whole; answers it as it is then. Problems: unknown, refused, and for
     * {@code FINISH} what is missing, or opt-in that is switched off. What becomes ready holds the brand's row, so that
     * opt-in cannot be switched off, nor its topic deleted, at the same moment (OFF1).
     */
    Campaign act(ProjectId project, String slug, CampaignEvent event) {
        return database.transaction(tx -> {
            Campaign campaign = CampaignStore.lock(tx, project, slug).orElseThrow(Campaigns::unknown);
            CampaignOutcome outcome = CampaignRules.decide(CampaignStore.standing(tx, campaign), event);
            switch (outcome) {
                case CampaignOutcome.Moved(CampaignState to) -> {
                    if (event == CampaignEvent.FINISH) {
                        HeldStore.Held held = HeldStore.hold(tx, campaign);
                        requireReady(held, GroundStore.of(tx, parts, held.campaign()));
                    }
                    if (event == CampaignEvent.START && !AddressStore.isThere(tx, campaign)) {
                        throw new ProblemException(Problem.CONFLICT, "The campaign goes to a file, and there is none, "
                                + "or it is not complete.", "audience");
                    }
                    CampaignRows.move(tx, campaign, to, now());
                }
                case CampaignOutcome.Removed _ -> CampaignRows.remove(tx, campaign, now());
                case CampaignOutcome.Unchanged _ -> { }
                case CampaignOutcome.Refused(CampaignOutcome.Why why) -> throw new ProblemException(Problem.CONFLICT,
                        why.explanation()).with("reason", Names.of(why)).with("state", Names.of(campaign.state()));
            }
            return CampaignStore.find(tx, project, campaign.id()).orElseThrow();
        });
    }

    private void requireReady(HeldStore.Held held, GroundStore.Ground ground) {
        requireOptIn(held.campaign(), held.asked());
        requireTopic(held.topic());
        requireFit(held.campaign(), ground);
    }

    private static void requireTopic(boolean there) {
        if (!there) {
            throw TextFaults.incomplete(List.of(new CampaignCheck.Fault("topic", "topic_deleted",
                    "The campaign's topic was deleted.")));
        }
    }

    private static void requireOptIn(Campaign campaign, DoubleOptIn asked) {
        boolean optIn = campaign.scope().channel() == Channel.SMS ? asked.sms() : asked.email();
        if (campaign.checks().awaiting() && !optIn) {
            throw new ProblemException(Problem.OPT_IN_OFF, "The campaign goes to those who await the confirmation "
                    + "of their subscription, and the brand does not ask for one on this channel.", "profile");
        }
    }

    private CampaignRows.Change change(String by) {
        return new CampaignRows.Change(parts.ids().next(), now(), by);
    }

    /** As exact as the database keeps it. */
    private Instant now() {
        return parts.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    static ProblemException unknown() {
        return new ProblemException(Problem.NOT_FOUND, "There is no such campaign.", "slug");
    }
}
