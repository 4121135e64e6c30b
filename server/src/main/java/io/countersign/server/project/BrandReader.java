package io.countersign.server.project;

import io.countersign.domain.subscription.Channel;
import io.countersign.server.project.Setups.BrandSetup;
import io.countersign.server.project.Setups.DkimSetup;
import io.countersign.server.project.Setups.OptInSetup;
import io.countersign.server.project.Setups.TopicSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a brand of a file, with its topics. An empty text takes away what may be missing. */
final class BrandReader {
    private BrandReader() {}

    static BrandSetup read(Entry entry, String project) {
        String slug = entry.required("slug", Rule.SLUG);
        entry.problems().once(entry.at("slug"), "brand/" + project, slug,
                "brand \"" + slug + "\" stands in this project twice");
        var columns = new Columns().named("name", entry.text("name", Rule.NAME));
        List<OptInSetup> optIn = optIn(entry, columns);
        entry.map("sender").ifPresent(sender -> {
            columns.named("sender_email", sender.text("email", Rule.SENDER_EMAIL))
                    .named("sender_sms", sender.text("sms", Rule.SENDER_SMS));
            sender.end();
        });
        removable(columns, "return_domain", entry.text("return_domain", Rule.DOMAIN.orEmpty()));
        columns.named("require_verified_contact", entry.flag("require_verified_contact"))
                .named("language", entry.text("language", Rule.LANGUAGE));
        entry.text("messages_per_day", Rule.MESSAGES_PER_DAY.orEmpty())
                .ifPresent(most -> columns.with("messages_per_day", most.isEmpty() ? null : Integer.valueOf(most)));
        entry.map("tracking").ifPresent(tracking -> {
            columns.named("tracks_opens", tracking.flag("opens")).named("tracks_clicks", tracking.flag("clicks"));
            tracking.end();
        });
        face(entry, columns);
        String scope = project + "/" + slug;
        List<TopicSetup> topics = entry.maps("topics").stream().map(topic -> topic(topic, scope)).toList();
        List<DkimSetup> dkim = entry.maps("dkim").stream().map(key -> dkim(key, scope)).toList();
        entry.end();
        return new BrandSetup(entry.place(), slug, columns, optIn, topics, dkim);
    }

    private static List<OptInSetup> optIn(Entry entry, Columns columns) {
        var said = new ArrayList<OptInSetup>();
        entry.map("double_opt_in").ifPresent(optIn -> {
            Optional<Boolean> email = optIn.flag("email");
            Optional<Boolean> sms = optIn.flag("sms");
            columns.named("double_opt_in_email", email).named("double_opt_in_sms", sms);
            email.ifPresent(on -> said.add(new OptInSetup(optIn.at("email"), Channel.EMAIL, on)));
            sms.ifPresent(on -> said.add(new OptInSetup(optIn.at("sms"), Channel.SMS, on)));
            optIn.end();
        });
        return said;
    }

    private static void face(Entry entry, Columns columns) {
        entry.map("look").ifPresent(look -> {
            removable(columns, "accent_color", look.text("accent_color", Rule.COLOR.orEmpty())
                    .map(color -> color.toLowerCase(Locale.ROOT)));
            removable(columns, "logo_url", look.text("logo_url", Rule.URL.orEmpty()));
            look.end();
        });
        removable(columns, "postal_address", entry.text("postal_address", Rule.POSTAL_ADDRESS.orEmpty()));
        removable(columns, "landing_url", entry.text("landing_url", Rule.URL.orEmpty()));
    }

    private static void removable(Columns columns, String column, Optional<String> said) {
        said.ifPresent(text -> columns.with(column, text.isEmpty() ? null : text));
    }

    private static DkimSetup dkim(Entry entry, String brand) {
        String domain = entry.required("domain", Rule.DOMAIN);
        String selector = entry.required("selector", Rule.SLUG);
        entry.problems().once(entry.at("selector"), "dkim/" + brand, selector + "." + domain,
                "selector \"" + selector + "\" of this domain stands in this brand twice");
        Optional<String> algorithm = entry.text("algorithm", Rule.oneOf("rsa-sha256", "ed25519-sha256"));
        Optional<Concealed> privateKey = entry.text("private_key", Rule.PRIVATE_KEY).map(Concealed::new);
        if (algorithm.isPresent() && privateKey.isPresent()) {
            entry.problems().add(entry.at("algorithm"), "must be left out: the private key says it itself");
        }
        entry.end();
        return new DkimSetup(entry.place(), domain, selector, algorithm, privateKey);
    }

    private static TopicSetup topic(Entry entry, String brand) {
        String slug = entry.required("slug", Rule.SLUG);
        entry.problems().once(entry.at("slug"), "topic/" + brand, slug,
                "topic \"" + slug + "\" stands in this brand twice");
        var columns = new Columns().named("name", entry.text("name", Rule.NAME))
                .named("public", entry.flag("public"));
        entry.end();
        return new TopicSetup(entry.place(), slug, columns);
    }
}
