package io.countersign.server.campaign;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.campaign.Audience.Condition;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Sql;

/** The contacts of an audience, as a query that eligibility is asked about; what comes from outside is a parameter. */
final class AudienceSql {
    /** Nobody's conditions look at more than the customer's own row and what is found by the customer's id. */
    private static final String CONTACTS = """
            select p.customer_id, p.contact_id, p.value, p.slot, p.verification, p.verified_at,
                   null::uuid as message_id
            from contact_points p
            """;

    private AudienceSql() {}

    static ContactType type(Channel channel) {
        return channel == Channel.SMS ? ContactType.MOBILE : ContactType.EMAIL;
    }

    /** The primary contacts, to which alone bulk campaigns go. */
    static Sql primary(Campaign campaign) {
        return contacts(campaign).then(" and p.slot = 'primary'");
    }

    /** One contact of each customer: the primary, else the one claimed, for an estimate that names every reason. */
    static Sql oneOfEach(Campaign campaign) {
        return contacts(campaign).then("\n").then("""
                and (p.slot = 'primary' or not exists (
                      select from contact_points o where o.project_id = p.project_id and o.customer_id = p.customer_id
                        and o.type = p.type and o.slot = 'primary'))""");
    }

    private static Sql contacts(Campaign campaign) {
        Audience audience = Audience.stored(campaign.settings().audience());
        int project = campaign.project().value();
        boolean wantsCustomer = audience.conditions().stream().anyMatch(AudienceSql::wantsCustomer);
        Sql all = Sql.of(CONTACTS + (wantsCustomer ? """
                join customers u on u.project_id = p.project_id and u.customer_id = p.customer_id
                """ : ""));
        for (Condition condition : audience.conditions()) {
            if (condition instanceof Condition.Status status) {
                all = all.then(nodes(status, campaign));
            }
        }
        all = all.then("where p.project_id = ? and p.type = ?", project, Names.of(type(campaign.scope().channel())));
        if (audience.file()) {
            all = all.then("\n").then("""
                    and p.value in (select a.value from campaign_addresses a where a.project_id = ?
                                     and a.campaign_id = ? and a.outcome in ('subscribed', 'known'))""",
                    project, campaign.id());
        }
        for (Condition condition : audience.conditions()) {
            all = all.then("\n  and ").then(sql(condition, campaign));
        }
        return all;
    }

    private static boolean wantsCustomer(Condition condition) {
        return switch (condition) {
            case Condition.CreatedAfter _, Condition.CreatedBefore _, Condition.Language _, Condition.Fields _ -> true;
            case Condition.Status _, Condition.Verified _, Condition.ExternalId _, Condition.Did _ -> false;
        };
    }

    private static Sql sql(Condition condition, Campaign campaign) {
        int project = campaign.project().value();
        return switch (condition) {
            case Condition.Status status -> status(status, campaign);
            case Condition.Verified(var verification) -> Sql.of("p.verification = ?", Names.of(verification));
            case Condition.CreatedAfter(var moment) -> Sql.of("u.created_at >= ?", moment);
            case Condition.CreatedBefore(var moment) -> Sql.of("u.created_at < ?", moment);
            case Condition.Language(String language) -> Sql.of(
                    "(lower(u.fields ->> 'language') = lower(?) or lower(u.fields ->> 'language') like lower(?))",
                    language, language.replaceAll("[\\\\%_]", "\\\\$0") + "-%");
            case Condition.Fields(String json) -> Sql.of("u.fields @> ?::jsonb", json);
            case Condition.ExternalId(String name) -> Sql.of("""
                    exists (select from external_ids e where e.project_id = ? and e.customer_id = p.customer_id
                            and e.name = ?)""", project, name);
            case Condition.Did(var act, String slug) -> did(act, slug, project);
        };
    }

    /**
     * The explicit values of a customer at the topic, the channel and the brand, each by a whole key: at most one row.
     * They are joined, so that the table is read once for all; looked up for each contact, a million took a minute.
     */
    private static Sql nodes(Condition.Status wanted, Campaign campaign) {
        int brand = campaign.scope().brand().value();
        String channel = Names.of(campaign.scope().channel());
        Sql above = node("n1", brand).then("n1.channel = '' and n1.topic_id = 0\n")
                .then(node("n2", brand)).then("n2.channel = ? and n2.topic_id = 0\n", channel);
        return wanted.topic().isEmpty() ? above : above.then(node("n3", brand)).then("""
                n3.channel = ? and n3.topic_id = (select t.topic_id from topics t where t.project_id = ?
                    and t.brand_id = ? and t.slug = ? and t.deleted_at is null)
                """, channel, campaign.project().value(), brand, wanted.topic().get());
    }

    private static Sql node(String name, int brand) {
        return Sql.of("""
                left join subscriptions %1$s on %1$s.project_id = p.project_id and %1$s.customer_id = p.customer_id
                    and %1$s.brand_id = ? and\s""".formatted(name), brand);
    }

    /** What is explicit at the topic, else at the channel, else at the brand counts (TR1). */
    private static Sql status(Condition.Status wanted, Campaign campaign) {
        return wanted.topic().map(topic -> ofTopic(topic, campaign)).orElseGet(() -> Sql.of(""))
                .then(effective(wanted, campaign));
    }

    /** At a topic that is not there, any more, nobody has a status. */
    private static Sql ofTopic(String slug, Campaign campaign) {
        return Sql.of("""
                exists (select from topics t where t.project_id = ? and t.brand_id = ? and t.slug = ?
                          and t.deleted_at is null) and\s""", campaign.project().value(),
                campaign.scope().brand().value(), slug);
    }

    private static Sql effective(Condition.Status wanted, Campaign campaign) {
        return Sql.of("coalesce(" + (wanted.topic().isPresent() ? "n3.status, " : "") + """
                n2.status, case when ? = any (n1.awaiting) then 'requires_confirmation' else n1.status end,
                           'no_data') = ?""", Names.of(campaign.scope().channel()), Names.of(wanted.status()));
    }

    /**
     * What came of another campaign. Messages and events stay with the id that they went to, so those of somebody who
     * was merged away count for the survivor. One set for all of the audience: with 600,000 messages of three campaigns
     * it is a hash of the one campaign's rows, made in a second or two.
     */
    private static Sql did(Audience.Act act, String slug, int project) {
        String rows = switch (act) {
            case RECEIVED -> "messages v where v.state = 'sent' and not v.test";
            case OPENED -> "message_events v where v.kind = 'open' and not v.automatic";
            case CLICKED -> "message_events v where v.kind = 'click' and not v.automatic";
        };
        return Sql.of("p.customer_id in (select coalesce(d.merged_into, d.customer_id) from customers d"
                + " join (select v.customer_id from " + rows + " and v.project_id = ? and v.campaign_id ="
                + " (select k.campaign_id from campaigns k where k.project_id = ? and k.slug = ?"
                + " and k.deleted_at is null)) as v on v.customer_id = d.customer_id where d.project_id = ?)",
                project, project, slug, project);
    }
}
