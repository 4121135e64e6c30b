package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignKind;
import io.countersign.domain.campaign.CampaignRules.Standing;
import io.countersign.domain.campaign.CampaignState;
import io.countersign.domain.eligibility.Checks;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.database.Tx.ArrayOf;
import io.countersign.server.template.Content;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads campaigns and their texts. Deleted ones are found by their id only: their messages still need them. */
public final class CampaignStore {
    static final String SELECT = """
            select c.project_id, c.campaign_id, c.slug, c.name, c.utm_name, c.brand_id, c.channel, c.topic_id, c.kind,
                   c.profile, c.state, c.test::text as test, c.winner,
                   c.winner_basis::text as winner_basis, c.audience::text as audience, c.poll_id,
                   c.landing_url, c.tracks_opens, c.tracks_clicks, c.send_at, c.created_by, c.created_at,
                   c.changed_at, c.ready_at, c.started_at, c.frozen_at, c.done_at, c.deleted_at,
                   p.name as profile_name, p.subscription, p.validity, p.frequency, p.awaiting
            from campaigns c
            left join sending_profiles p on p.project_id = c.project_id and p.slug = c.profile
            """;

    private CampaignStore() {}

    public static Optional<Campaign> find(Tx tx, ProjectId project, int id) throws SQLException {
        return find(tx, project, List.of(id)).values().stream().findFirst();
    }

    /** Those of these ids that there are. */
    public static Map<Integer, Campaign> find(Tx tx, ProjectId project, Collection<Integer> ids) throws SQLException {
        return tx.list(SELECT + "where c.project_id = ? and c.campaign_id = any(?)", CampaignStore::campaign,
                        project.value(), ArrayOf.of("integer", List.copyOf(ids))).stream()
                .collect(Collectors.toUnmodifiableMap(Campaign::id, campaign -> campaign));
    }

    /** The one that is called so and is not deleted. */
    public static Optional<Campaign> find(Tx tx, ProjectId project, String slug) throws SQLException {
        return tx.one(SELECT + "where c.project_id = ? and c.slug = ? and c.deleted_at is null",
                CampaignStore::campaign, project.value(), slug);
    }

    /** Those of these names that campaigns have. */
    static Set<String> named(Tx tx, ProjectId project, Collection<String> slugs) throws SQLException {
        return slugs.isEmpty() ? Set.of() : Set.copyOf(tx.list("""
                select slug from campaigns where project_id = ? and slug = any(?) and deleted_at is null""",
                row -> row.text("slug"), project.value(), ArrayOf.of("text", List.copyOf(slugs))));
    }

    /** The same, held until the transaction ends. */
    static Optional<Campaign> lock(Tx tx, ProjectId project, String slug) throws SQLException {
        return tx.one(SELECT + "where c.project_id = ? and c.slug = ? and c.deleted_at is null for no key update of c",
                CampaignStore::campaign, project.value(), slug);
    }

    /**
     * A page of those that are not deleted, the newest first.
     *
     * @param before the id of the last one that was seen, or null
     */
    static List<Campaign> list(Tx tx, ProjectId project, CampaignFilter filter, Integer before, int most)
            throws SQLException {
        return tx.list(SELECT + """
                where c.project_id = ? and c.deleted_at is null and c.campaign_id < coalesce(?, 2147483647)
                  and (?::text is null or c.state = ?) and (?::integer is null or c.brand_id = ?)
                  and (?::text is null or c.profile = ?) and (?::text is null or c.kind = ?)
                order by c.campaign_id desc limit ?""", CampaignStore::campaign, project.value(), before,
                filter.state(), filter.state(), filter.brand(), filter.brand(), filter.profile(), filter.profile(),
                filter.kind(), filter.kind(), most);
    }

    /** Which campaigns are listed; null for all. */
    record CampaignFilter(String state, Integer brand, String profile, String kind) {}

    /** What these campaigns say now; one without any text is left out. */
    public static Map<Integer, CampaignTexts> contents(Tx tx, ProjectId project, Collection<Integer> campaigns)
            throws SQLException {
        var texts = new HashMap<Integer, Map<CampaignTexts.Key, Content>>();
        tx.list("""
                select k.campaign_id, k.variant, k.language, t.subject, t.preheader, t.format, t.source, t.text
                from campaign_contents k
                join contents t on t.project_id = k.project_id and t.content_hash = k.content_hash
                where k.project_id = ? and k.campaign_id = any(?)""",
                row -> texts.computeIfAbsent(row.integer("campaign_id"), _ -> new HashMap<>())
                        .put(new CampaignTexts.Key(row.text("variant"), row.text("language")), content(row)),
                project.value(), ArrayOf.of("integer", List.copyOf(campaigns)));
        return texts.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey,
                entry -> new CampaignTexts(entry.getValue())));
    }

    /** What this campaign says now. */
    static CampaignTexts texts(Tx tx, Campaign campaign) throws SQLException {
        return contents(tx, campaign.project(), List.of(campaign.id())).getOrDefault(campaign.id(),
                CampaignTexts.NONE);
    }

    /** Where it stands. */
    static Standing standing(Tx tx, Campaign campaign) throws SQLException {
        boolean sent = tx.one("""
                select exists (select from messages where project_id = ? and campaign_id = ? and not test) as sent""",
                row -> row.flag("sent"), campaign.project().value(), campaign.id()).orElse(false);
        return new Standing(campaign.state(), campaign.kind(), sent);
    }

    private static Content content(Row row) throws SQLException {
        return new Content(row.text("subject"), row.text("preheader"),
                Names.parse(Content.Format.class, row.text("format")), row.text("source"), row.text("text"));
    }

    static Campaign campaign(Row row) throws SQLException {
        return new Campaign(row.integer("campaign_id"), new ProjectId(row.integer("project_id")),
                new Campaign.Named(row.text("slug"), row.text("name"), Optional.ofNullable(row.text("utm_name"))),
                scope(row), Names.parse(CampaignState.class, row.text("state")),
                test(row), settings(row), life(row));
    }

    private static Optional<Campaign.Test> test(Row row) throws SQLException {
        String test = row.text("test");
        return test == null ? Optional.empty() : Optional.of(new Campaign.Test(TrialDocuments.stored(test),
                Optional.ofNullable(row.text("winner")), Optional.ofNullable(row.text("winner_basis"))));
    }

    private static Campaign.Scope scope(Row row) throws SQLException {
        return new Campaign.Scope(new BrandId(row.integer("brand_id")),
                Names.parse(Channel.class, row.text("channel")),
                Optional.ofNullable(row.integerOrNull("topic_id")).map(TopicId::new),
                Names.parse(CampaignKind.class, row.text("kind")), profile(row));
    }

    private static SendingProfile profile(Row row) throws SQLException {
        String slug = row.text("profile");
        Optional<SendingProfile> builtIn = SendingProfile.builtIn(slug);
        if (builtIn.isPresent()) {
            return builtIn.get();
        }
        String name = row.text("profile_name");
        return name == null ? SendingProfile.gone(slug) : new SendingProfile(slug, name,
                new Checks(row.flag("subscription"), row.flag("validity"), row.flag("frequency"),
                        row.flag("awaiting")));
    }

    private static Campaign.Settings settings(Row row) throws SQLException {
        return new Campaign.Settings(row.text("audience"), Optional.ofNullable(row.integerOrNull("poll_id")),
                Optional.ofNullable(row.text("landing_url")), row.flag("tracks_opens"), row.flag("tracks_clicks"),
                Optional.ofNullable(row.instant("send_at")));
    }

    private static Campaign.Life life(Row row) throws SQLException {
        return new Campaign.Life(row.text("created_by"), row.instant("created_at"), row.instant("changed_at"),
                Optional.ofNullable(row.instant("ready_at")), Optional.ofNullable(row.instant("started_at")),
                Optional.ofNullable(row.instant("frozen_at")), Optional.ofNullable(row.instant("done_at")),
                Optional.ofNullable(row.instant("deleted_at")));
    }
}
