package io.countersign.server.project;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.IntegrationId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the set-up. */
final class CatalogStore {
    private CatalogStore() {}

    static long version(Tx tx) throws SQLException {
        return tx.one("select version from catalog_version", row -> row.number("version")).orElseThrow();
    }

    /** Call it first in a transaction: all tables are read as of one moment. */
    static Catalog read(Tx tx) throws SQLException {
        tx.update("set transaction isolation level repeatable read, read only");
        return new Catalog(new Catalog.Parts(version(tx), projects(tx), brands(tx), topics(tx),
                integrations(tx), OperationStore.all(tx), forms(tx), ProviderStore.read(tx)));
    }

    private static List<Project> projects(Tx tx) throws SQLException {
        return tx.list("""
                select project_id, slug, name, time_zone, phone_region, keep_explicit_subscribed,
                       email_blocklist, resend_cooldown_seconds, mails_per_day, form_posts_per_minute_and_ip,
                       code_failures_per_day_and_contact, code_failures_per_day_and_ip,
                       sms_codes_per_day_and_number, sms_codes_per_hour_and_prefix, sms_codes_per_hour_and_ip
                from projects order by project_id""", row -> new Project(project(row), row.text("slug"),
                row.text("name"), ZoneId.of(row.text("time_zone")), row.text("phone_region"),
                row.flag("keep_explicit_subscribed"), row.texts("email_blocklist"), limits(row)));
    }

    private static ProjectLimits limits(Row row) throws SQLException {
        return new ProjectLimits(Duration.ofSeconds(row.integer("resend_cooldown_seconds")),
                row.integer("mails_per_day"), row.integer("form_posts_per_minute_and_ip"),
                new ProjectLimits.Codes(row.integer("code_failures_per_day_and_contact"),
                        row.integer("code_failures_per_day_and_ip"), row.integer("sms_codes_per_day_and_number"),
                        row.integer("sms_codes_per_hour_and_prefix"), row.integer("sms_codes_per_hour_and_ip")));
    }

    private static List<Brand> brands(Tx tx) throws SQLException {
        return tx.list("""
                select project_id, brand_id, slug, name, double_opt_in_email, double_opt_in_sms, sender_email,
                       sender_sms, return_domain, require_verified_contact, language, messages_per_day,
                       tracks_opens, tracks_clicks, accent_color, logo_url, postal_address, landing_url
                from brands order by project_id, brand_id""", row -> new Brand(brand(row), project(row),
                row.text("slug"), row.text("name"),
                new DoubleOptIn(row.flag("double_opt_in_email"), row.flag("double_opt_in_sms")),
                new Sender(optional(row, "sender_email"), optional(row, "sender_sms"),
                        optional(row, "return_domain")), mailing(row), face(row)));
    }

    private static Mailing mailing(Row row) throws SQLException {
        return new Mailing(row.flag("require_verified_contact"),
                Optional.ofNullable(row.integerOrNull("messages_per_day")), row.flag("tracks_opens"),
                row.flag("tracks_clicks"));
    }

    private static Face face(Row row) throws SQLException {
        return new Face(row.text("language"), optional(row, "accent_color"), optional(row, "logo_url"),
                optional(row, "postal_address"), optional(row, "landing_url"));
    }

    private static List<Topic> topics(Tx tx) throws SQLException {
        return tx.list("""
                select project_id, topic_id, brand_id, slug, name, public
                from topics where deleted_at is null order by project_id, topic_id""",
                row -> new Topic(new TopicId(row.integer("topic_id")), project(row), brand(row),
                        row.text("slug"), row.text("name"), row.flag("public")));
    }

    private static List<Integration> integrations(Tx tx) throws SQLException {
        return tx.list("""
                select project_id, integration_id, slug, brand_id, active, verify_email, verify_mobile,
                       access_email, access_mobile, sites
                from integrations order by project_id, integration_id""", row -> new Integration(
                integration(row), project(row), row.text("slug"), brand(row), row.flag("active"),
                new ContactFlags(row.flag("verify_email"), row.flag("verify_mobile")),
                new ContactFlags(row.flag("access_email"), row.flag("access_mobile")), row.texts("sites")));
    }

    private static List<Form> forms(Tx tx) throws SQLException {
        return tx.list("""
                select form_id, project_id, brand_id, integration_id, double_opt_in, resend_cooldown_seconds,
                       topic_ids, version
                from forms order by project_id, form_id""", row -> new Form(row.text("form_id"), project(row),
                brand(row), integration(row),
                Form.OptIn.valueOf(row.text("double_opt_in").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.integerOrNull("resend_cooldown_seconds")).map(Duration::ofSeconds),
                row.integers("topic_ids").stream().map(TopicId::new).toList(), row.integer("version")));
    }

    private static ProjectId project(Row row) throws SQLException {
        return new ProjectId(row.integer("project_id"));
    }

    private static BrandId brand(Row row) throws SQLException {
        return new BrandId(row.integer("brand_id"));
    }

    private static IntegrationId integration(Row row) throws SQLException {
        return new IntegrationId(row.integer("integration_id"));
    }

    private static Optional<String> optional(Row row, String column) throws SQLException {
        return Optional.ofNullable(row.text(column));
    }
}
