package io.countersign.server.project;

import io.countersign.server.project.Setups.ProviderSetup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the providers of a file. */
final class ProviderReader {
    private static final Map<String, Integer> PORTS = Map.of("none", 25, "starttls", 587, "tls", 465);

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
            case "" -> Optional.empty();
            case String later -> {
                entry.problems().add(entry.at("kind"), later + " is not built yet; leave it out");
                yield Optional.empty();
            }
        };
    }

    private static ProviderSetup catcher(String channel, Entry entry) {
        entry.end();
        return new ProviderSetup(channel, "catcher", Map.of(), Optional.empty());
    }

    private static ProviderSetup smtp(Entry entry) {
        var settings = new TreeMap<String, String>();
        settings.put("host", entry.required("host", Rule.HOST));
        String tls = entry.text("tls", Rule.oneOf("none", "starttls", "tls")).orElse("starttls");
        settings.put("tls", tls);
        settings.put("port", entry.number("port", 1, 65_535).orElse(PORTS.get(tls)).toString());
        entry.text("user", Rule.CREDENTIAL).ifPresent(user -> settings.put("user", user));
        entry.text("from", Rule.EMAIL).ifPresent(from -> settings.put("from", from));
        Optional<Concealed> password = entry.text("password", Rule.CREDENTIAL).map(Concealed::new);
        if (entry.has("user") != entry.has("password")) {
            entry.problems().add(entry.place(), "user and password go together");
        }
        entry.end();
        return new ProviderSetup("email", "smtp", settings, password);
    }
}
