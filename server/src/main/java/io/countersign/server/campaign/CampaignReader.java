package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignKind;
import io.countersign.domain.campaign.CampaignState;
import io.countersign.domain.campaign.Trial;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Query;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what somebody says of a campaign; what is not said stays, or has its default. */
final class CampaignReader {
    static final Set<String> FIELDS = Set.of("name", "utm", "brand", "channel", "topic", "kind", "profile", "test",
            "audience", "poll", "landing_url", "tracks_opens", "tracks_clicks", "send_at");
    private static final int LONGEST_NAME = 200;
    private static final String TRANSACTIONAL = "transactional";
    private static final int LONGEST_SLUG = 63;
    private static final int LONGEST_URL = 2000;
    private static final int LARGEST_AUDIENCE = 16_000;

    private final Catalog catalog;
    private final Named named;
    private final Members body;

    CampaignReader(Catalog catalog, Named named, Members body) {
        this.catalog = catalog;
        this.named = named;
        this.body = body;
    }

    /** What the body names and is kept in tables, as far as there is such a thing. */
    record Named(Optional<SendingProfile> profile, Optional<AskedPollStore.Asked> poll) {}

    /** The profile or poll that a body names; the empty text when it names none. */
    static String named(Members body, String member) {
        return body.line(member, LONGEST_SLUG).orElse("");
    }

    /** A new one, not stored yet; it needs a name, a brand and a kind. */
    Campaign created(ProjectId project, String by, Instant now) {
        String slug = body.required("slug", LONGEST_SLUG);
        if (!slug.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw body.invalid("slug", "1 to 63 small letters, digits and hyphens are expected.");
        }
        var life = new Campaign.Life(by, now, now, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());
        CampaignKind kind = kind(body.required("kind", 20));
        Brand brand = brand(project, body.required("brand", LONGEST_SLUG));
        var scope = new Campaign.Scope(brand.id(), Channel.EMAIL, Optional.empty(), kind,
                profile(kind == CampaignKind.TRANSACTIONAL ? TRANSACTIONAL : "standard"));
        var settings = new Campaign.Settings("{}", Optional.empty(), Optional.empty(), true, true, Optional.empty());
        return changed(new Campaign(0, project, new Campaign.Named(slug, body.required("name", LONGEST_NAME),
                Optional.empty()), scope, CampaignState.DRAFT, Optional.empty(), settings, life), now);
    }

    /** The same campaign with what is said of it; topic and poll are a brand's, and do not go to another with it. */
    Campaign changed(Campaign before, Instant now) {
        Campaign.Life life = before.life();
        Campaign.Scope scope = scope(before.project(), before.scope());
        boolean sameBrand = scope.brand().equals(before.scope().brand());
        Campaign after = new Campaign(before.id(), before.project(), named(before.named()), scope, before.state(),
                test(before.test()), settings(before.settings(), sameBrand), new Campaign.Life(life.createdBy(),
                life.createdAt(), now, life.readyAt(), life.startedAt(), life.frozenAt(), life.doneAt(),
                life.deletedAt()));
        requireTogether(after);
        return after;
    }

    private Campaign.Named named(Campaign.Named before) {
        String name = has("name") ? body.required("name", LONGEST_NAME) : before.name();
        return new Campaign.Named(before.slug(), name, text("utm", 100, before.utm()));
    }

    private Campaign.Scope scope(ProjectId project, Campaign.Scope before) {
        Brand brand = has("brand") ? brand(project, body.required("brand", LONGEST_SLUG))
                : catalog.brand(project, before.brand()).orElseThrow(() -> body.invalid("brand",
                        "The campaign's brand is there no more."));
        Channel channel = has("channel") ? Query.word(body.path("channel"), Channel.class,
                body.required("channel", 20)) : before.channel();
        if (channel != Channel.EMAIL && channel != Channel.SMS) {
            throw body.invalid("channel", "Campaigns go by email or sms.");
        }
        Optional<TopicId> kept = before.topic().filter(_ -> before.brand().equals(brand.id()));
        SendingProfile profile = has("profile") ? profile(body.required("profile", LONGEST_SLUG)) : before.profile();
        return new Campaign.Scope(brand.id(), channel, topic(brand, kept), kind(before, profile), profile);
    }

    /** CP1: an automated campaign with the transactional profile is a transactional one. */
    private CampaignKind kind(Campaign.Scope before, SendingProfile profile) {
        CampaignKind kind = has("kind") ? kind(body.required("kind", 20)) : before.kind();
        return kind == CampaignKind.AUTOMATED && profile.slug().equals(TRANSACTIONAL) ? CampaignKind.TRANSACTIONAL
                : kind;
    }

    private Optional<TopicId> topic(Brand brand, Optional<TopicId> before) {
        Optional<String> slug = body.line("topic", LONGEST_SLUG);
        if (slug.isEmpty()) {
            return before;
        }
        return slug.filter(text -> !text.isEmpty()).map(text -> catalog.topic(brand.project(), brand.id(), text)
                .orElseThrow(() -> body.invalid("topic", "The brand has no such topic.")).id());
    }

    private Brand brand(ProjectId project, String slug) {
        return catalog.brand(project, slug).orElseThrow(() -> body.invalid("brand", "There is no such brand."));
    }

    private CampaignKind kind(String word) {
        return Query.word(body.path("kind"), CampaignKind.class, word);
    }

    private SendingProfile profile(String slug) {
        return SendingProfile.builtIn(slug).or(() -> named.profile().filter(own -> own.slug().equals(slug)))
                .orElseThrow(() -> body.invalid("profile", "There is no such profile."));
    }

    private Optional<Campaign.Test> test(Optional<Campaign.Test> before) {
        Optional<JsonNode> said = body.value("test");
        if (said.isEmpty()) {
            return before;
        }
        return said.filter(value -> !value.isNull()).map(_ -> new Campaign.Test(
                TrialDocuments.read(body.object("test", TrialDocuments.MEMBERS).orElseThrow())));
    }

    private Campaign.Settings settings(Campaign.Settings before, boolean sameBrand) {
        return new Campaign.Settings(audience().orElse(before.audience()), poll(before.poll().filter(_ -> sameBrand)),
                text("landing_url", LONGEST_URL, before.landingUrl()).map(this::url),
                body.flag("tracks_opens").orElse(before.tracksOpens()),
                body.flag("tracks_clicks").orElse(before.tracksClicks()),
                has("send_at") ? text("send_at", 40, Optional.empty()).map(this::moment) : before.sendAt());
    }

    private Optional<Integer> poll(Optional<Integer> before) {
        if (!has("poll")) {
            return before;
        }
        return text("poll", LONGEST_SLUG, Optional.empty()).map(_ -> named.poll().orElseThrow(
                () -> body.invalid("poll", "There is no such poll.")).id());
    }

    private Optional<String> audience() {
        return body.value("audience").map(value -> {
            String json = value instanceof ObjectNode ? Json.writeText(value) : "";
            if (json.isEmpty() || json.length() > LARGEST_AUDIENCE) {
                throw body.invalid("audience", "An object of at most " + LARGEST_AUDIENCE + " characters is expected.");
            }
            Audience.of(body, "audience"); // what cannot be chosen by is told now
            return json;
        });
    }

    private String url(String text) {
        try {
            var url = new URI(text);
            if (url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
                return text;
            }
        } catch (URISyntaxException _) {
            // The same answer as for one without a host.
        }
        throw body.invalid("landing_url", "An address that begins with https:// is expected.");
    }

    private Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException _) {
            throw body.invalid("send_at", "A moment like 2026-01-02T03:04:05Z is expected.");
        }
    }

    private boolean has(String name) {
        return body.names().contains(name);
    }

    /** What was said; null and the empty text take out what was there. */
    private Optional<String> text(String name, int longest, Optional<String> before) {
        return has(name) ? body.line(name, longest).filter(text -> !text.isEmpty()) : before;
    }

    private void requireTogether(Campaign campaign) {
        boolean bulk = campaign.kind() == CampaignKind.BULK;
        if (campaign.checks().ignoresSubscription() && campaign.kind() != CampaignKind.TRANSACTIONAL) {
            throw body.invalid("profile", "Only a transactional campaign may leave the subscription unchecked.");
        }
        if (has("poll") && named.poll().filter(poll -> !poll.brand().equals(campaign.scope().brand())).isPresent()) {
            throw body.invalid("poll", "The poll is another brand's.");
        }
        if (!bulk && campaign.settings().sendAt().isPresent()) {
            throw body.invalid("send_at", "Only a bulk campaign begins at a time.");
        }
        if (!bulk && !campaign.settings().audience().equals("{}")) {
            throw body.invalid("audience", "Only a bulk campaign chooses its recipients beforehand.");
        }
        if (!bulk && campaign.test().map(Campaign.Test::trial).filter(trial -> trial.rest() > 0).isPresent()) {
            throw body.invalid("test", "Without recipients chosen beforehand nobody can wait for the winner: "
                    + "the shares must be " + Trial.WHOLE + " percent together.");
        }
    }
}
