package io.countersign.server.project;

import io.countersign.server.project.Setups.OperatorSetup;
import io.countersign.server.project.Setups.ProjectSetup;
import io.countersign.server.platform.database.Tx.ArrayOf;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a project of a file, with its operators. */
final class ProjectReader {
    private ProjectReader() {}

    static ProjectSetup read(Entry entry) {
        String slug = entry.required("slug", Rule.SLUG);
        entry.problems().once(entry.at("slug"), "project", slug,
                "project \"" + slug + "\" stands in this file twice");
        var project = new ProjectSetup(entry.place(), slug, columns(entry),
                entry.maps("brands").stream().map(brand -> BrandReader.read(brand, slug)).toList(),
                entry.maps("integrations").stream().map(IntegrationReader::read).toList(),
                entry.maps("forms").stream().map(IntegrationReader::form).toList(),
                entry.maps("operators").stream().map(operator -> operator(operator, slug)).toList(),
                entry.map("feedback").map(MailboxReader::read).orElse(List.of()));
        entry.end();
        return project;
    }

    private static Columns columns(Entry entry) {
        var columns = new Columns()
                .named("name", entry.text("name", Rule.NAME))
                .named("time_zone", entry.text("time_zone", Rule.TIME_ZONE))
                .named("phone_region", entry.text("phone_region", Rule.REGION))
                .named("keep_explicit_subscribed", entry.flag("keep_explicit_subscribed"))
                .named("erasure_needs_approval", entry.flag("erasure_needs_approval"))
                .named("email_blocklist", entry.texts("email_blocklist", Rule.BLOCKED)
                        .map(ProjectReader::lowerCase));
        entry.map("limits").ifPresent(limits -> {
            for (Limit limit : Limit.values()) {
                columns.named(limit.column(), limits.number(limit.column(), limit.least, limit.most));
            }
            limits.end();
        });
        return columns;
    }

    /** The limits of a project; the schema checks the same ranges. */
    private enum Limit {
        RESEND_COOLDOWN_SECONDS(0, 86_400), MAILS_PER_DAY(1, 100), FORM_POSTS_PER_MINUTE_AND_IP(1, 100_000),
        CODE_FAILURES_PER_DAY_AND_CONTACT(1, 1_000), CODE_FAILURES_PER_DAY_AND_IP(1, 1_000_000),
        SMS_CODES_PER_DAY_AND_NUMBER(1, 1_000), SMS_CODES_PER_HOUR_AND_PREFIX(1, 1_000_000),
        SMS_CODES_PER_HOUR_AND_IP(1, 1_000_000);

        private final int least;
        private final int most;

        Limit(int least, int most) {
            this.least = least;
            this.most = most;
        }

        private String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static OperatorSetup operator(Entry entry, String project) {
        String email = entry.required("email", Rule.EMAIL).toLowerCase(Locale.ROOT);
        entry.problems().once(entry.at("email"), "operator/" + project, email,
                "operator \"" + Rule.shown(email) + "\" stands in this project twice");
        Optional<Concealed> password = entry.text("password", Rule.PASSWORD).map(Concealed::new);
        var columns = new Columns()
                .named("role", entry.text("role", Rule.oneOf("owner", "editor", "viewer")));
        Optional<Concealed> token = IntegrationReader.secret(entry, "token");
        entry.end();
        return new OperatorSetup(entry.place(), email, columns, password, token);
    }

    static ArrayOf lowerCase(List<String> texts) {
        return ArrayOf.of("text", texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList());
    }
}
