package io.countersign.server.project;

import io.countersign.server.platform.database.Tx.ArrayOf;
import io.countersign.server.platform.http.WebOrigin;
import io.countersign.server.project.Setups.FormSetup;
import io.countersign.server.project.Setups.IntegrationSetup;
import io.countersign.server.project.Setups.KeySetup;
import io.countersign.server.project.Setups.OperationSetup;
import io.countersign.server.project.Setups.Reference;
import java.util.List;
import java.util.Optional;

/** Reads the integrations and forms of a file. */
final class IntegrationReader {
    private IntegrationReader() {}

    static IntegrationSetup read(Entry entry) {
        String slug = entry.required("slug", Rule.INTEGRATION);
        entry.problems().once(entry.at("slug"), "integration", slug,
                "integration \"" + slug + "\" stands in this file twice");
        var columns = new Columns().named("active", entry.flag("active"));
        flags(entry, "verify", "verify", columns);
        flags(entry, "account_access", "access", columns);
        columns.named("sites", entry.texts("sites", Rule.SITE).map(IntegrationReader::origins));
        Optional<List<KeySetup>> keys = entry.has("keys")
                ? Optional.of(entry.maps("keys").stream().map(key -> key(key, slug)).toList())
                : Optional.empty();
        var integration = new IntegrationSetup(entry.place(), slug, reference(entry, "brand", Rule.SLUG),
                columns, keys, operations(entry, slug));
        entry.end();
        return integration;
    }

    private static List<OperationSetup> operations(Entry entry, String slug) {
        return entry.maps("operations").stream().map(operation -> OperationReader.read(operation, slug)).toList();
    }

    private static void flags(Entry entry, String key, String column, Columns columns) {
        entry.map(key).ifPresent(flags -> {
            columns.named(column + "_email", flags.flag("email"))
                    .named(column + "_mobile", flags.flag("mobile"));
            flags.end();
        });
    }

    /** As browsers write them, for they are compared with what browsers send. */
    private static ArrayOf origins(List<String> sites) {
        return ProjectReader.lowerCase(sites.stream().map(site -> WebOrigin.of(site).orElse(site)).distinct().toList());
    }

    private static KeySetup key(Entry entry, String integration) {
        String name = entry.text("name", Rule.NAME).orElse("main");
        entry.problems().once(entry.at("name"), "key/" + integration, name,
                "key \"" + Rule.shown(name) + "\" stands in this integration twice");
        var key = new KeySetup(entry.place(), name, secret(entry, "secret"), entry.flag("test"),
                entry.flag("revoked"));
        entry.end();
        return key;
    }

    /** A key or token: each opens one door only. */
    static Optional<Concealed> secret(Entry entry, String key) {
        Optional<String> secret = entry.text(key, Rule.SECRET);
        secret.ifPresent(text -> entry.problems().once(entry.at(key), "secret", text,
                "this secret stands in this file twice"));
        return secret.map(Concealed::new);
    }

    static FormSetup form(Entry entry) {
        String id = entry.required("id", Rule.FORM);
        entry.problems().once(entry.at("id"), "form", id, "form \"" + id + "\" stands in this file twice");
        var columns = new Columns().named("double_opt_in", optIn(entry))
                .named("resend_cooldown_seconds", entry.number("resend_cooldown_seconds", 0, 86_400));
        var form = new FormSetup(entry.place(), id, reference(entry, "brand", Rule.SLUG),
                reference(entry, "integration", Rule.INTEGRATION), topics(entry, id), columns);
        entry.end();
        return form;
    }

    /** Readers of YAML take a bare on or off for a truth value, so true and false mean the same here. */
    private static Optional<String> optIn(Entry entry) {
        return entry.text("double_opt_in", new Rule(
                text -> List.of("inherit", "on", "off", "true", "false").contains(text),
                "must be one of inherit, on, off")).map(text -> switch (text) {
                    case "true" -> "on";
                    case "false" -> "off";
                    default -> text;
                });
    }

    private static Optional<List<Reference>> topics(Entry entry, String form) {
        return entry.texts("topics", Rule.SLUG, (at, slug) -> {
            entry.problems().once(at, "form/" + form, slug,
                    "topic \"" + slug + "\" stands in this form twice");
            return new Reference(at, slug);
        });
    }

    private static Optional<Reference> reference(Entry entry, String key, Rule rule) {
        return entry.text(key, rule).map(slug -> new Reference(entry.at(key), slug));
    }
}
