package io.countersign.server.project;

import io.countersign.server.project.Setups.ProviderSetup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the providers of a file. */
final class ProviderReader {
    private static final Map<String, Integer> SMTP_PORTS = Map.of("none", 25, "starttls", 587, "tls", 465);
    private static final Map<String, Integer> SMPP_PORTS = Map.of("none", 2775, "tls", 3550);

    private static final int MOST_PER_SECOND = 100_000;

    private ProviderReader() {}

    static List<ProviderSetup> read(Entry providers) {
        Optional<ProviderSetup> email = providers.map("email").flatMap(ProviderReader::email);
        Optional<ProviderSetup> sms = providers.map("sms").flatMap(ProviderReader::sms);
        providers.end();
        return Stream.of(email, sms).flatMap(Optional::stream).toList();
    }

    private static Optional<ProviderSetup> email(Entry entry) {
        return switch (entry.required("kind", Rule.oneOf("smtp", "catcher"))) {
            case "smtp" -> Optional.of(smtp(entry));
            case "catcher" -> Optional.of(catcher("email", entry));
            default -> Optional.empty();
        };
    }

    private static Optional<ProviderSetup> sms(Entry entry) {
        return switch (entry.required("kind", Rule.oneOf("catcher", "http", "smpp"))) {
            case "catcher" -> Optional.of(catcher("sms", entry));
            case "http" -> Optional.of(gateway(entry));
            case "smpp" -> Optional.of(smpp(entry));
            default -> Optional.empty();
        };
    }

    private static ProviderSetup catcher(String channel, Entry entry) {
        entry.end();
        return new ProviderSetup(channel, "catcher", Map.of(), Optional.empty());
    }

    private static ProviderSetup smtp(Entry entry) {
        var settings = address(entry, Rule.oneOf("none", "starttls", "tls"), "starttls", SMTP_PORTS);
        entry.text("user", Rule.CREDENTIAL).ifPresent(user -> settings.put("user", user));
        entry.text("from", Rule.EMAIL).ifPresent(from -> settings.put("from", from));
        entry.number("connections", 1, 64).ifPresent(most -> settings.put("connections", most.toString()));
        entry.number("rate_per_second", 1, MOST_PER_SECOND).ifPresent(rate -> settings.put("rate", rate.toString()));
        for (Entry domain : entry.maps("per_domain")) {
            String name = domain.required("domain", Rule.DOMAIN_OR_ALL);
            domain.problems().once(domain.at("domain"), "per_domain", name,
                    "domain \"" + name + "\" stands here twice");
            domain.number("per_second", 1, MOST_PER_SECOND)
                    .ifPresent(rate -> settings.put(ProviderStore.RATE_OF + name, rate.toString()));
            domain.end();
        }
        Optional<Concealed> password = entry.text("password", Rule.CREDENTIAL).map(Concealed::new);
        if (entry.has("user") != entry.has("password")) {
            entry.problems().add(entry.place(), "user and password go together");
        }
        entry.end();
        return new ProviderSetup("email", "smtp", settings, password);
    }

    private static ProviderSetup gateway(Entry entry) {
        var settings = new TreeMap<String, String>();
        settings.put("url", entry.required("url", Rule.BASE_URL));
        settings.put("account", entry.required("account", Rule.ACCOUNT));
        entry.text("from", Rule.GATEWAY_FROM).ifPresent(from -> settings.put("from", from));
        String token = entry.required("token", Rule.CREDENTIAL);
        entry.end();
        return new ProviderSetup("sms", "http", settings, Optional.of(new Concealed(token)));
    }

    private static ProviderSetup smpp(Entry entry) {
        var settings = address(entry, Rule.oneOf("none", "tls"), "none", SMPP_PORTS);
        settings.put("system_id", entry.required("system_id", Rule.SYSTEM_ID));
        entry.text("system_type", Rule.SYSTEM_TYPE).ifPresent(type -> settings.put("system_type", type));
        entry.number("source_ton", 0, 6).ifPresent(ton -> settings.put("source_ton", ton.toString()));
        entry.text("source_npi", Rule.oneOf("0", "1", "3", "4", "6", "8", "9", "10", "14", "18"))
                .ifPresent(npi -> settings.put("source_npi", npi));
        entry.number("window", 1, 100).ifPresent(window -> settings.put("window", window.toString()));
        String password = entry.required("password", Rule.SMPP_PASSWORD);
        entry.end();
        return new ProviderSetup("sms", "smpp", settings, Optional.of(new Concealed(password)));
    }

    /** Where a server is and how it is reached. */
    private static TreeMap<String, String> address(Entry entry, Rule tlsRule, String tlsLeftOut,
                                                   Map<String, Integer> ports) {
        var settings = new TreeMap<String, String>();
        settings.put("host", entry.required("host", Rule.HOST));
        String tls = entry.text("tls", tlsRule).orElse(tlsLeftOut);
        settings.put("tls", tls);
        settings.put("port", entry.number("port", 1, 65_535).orElse(ports.get(tls)).toString());
        return settings;
    }
}
