package io.countersign.server.project;

import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the providers as {@link ProviderWriter} writes them. */
final class ProviderStore {
    /** Begins the names of settings that are about a receiving domain. */
    static final String RATE_OF = "rate:";

    private ProviderStore() {}

    /** By channel. */
    static Map<String, Provider> read(Tx tx) throws SQLException {
        return tx.list("""
                select channel, kind, sealed,
                       array(select key from jsonb_each_text(settings) order by key) as names,
                       array(select value from jsonb_each_text(settings) order by key) as texts
                from providers""", row -> Map.entry(row.text("channel"), provider(row)))
                .stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Provider provider(Row row) throws SQLException {
        var settings = Settings.of(row.texts("names"), row.texts("texts"));
        byte[] sealed = row.bytes("sealed");
        return switch (row.text("kind")) {
            case "catcher" -> new Provider.Catcher();
            case "smtp" -> new Provider.Smtp(settings.needed("host"), Integer.parseInt(settings.needed("port")),
                    Provider.Tls.valueOf(settings.needed("tls").toUpperCase(Locale.ROOT)),
                    settings.text("user").map(user -> Provider.Login.of(user, sealed)), settings.text("from"),
                    new Provider.SmtpUse(settings.number("connections"), settings.number("rate").orElse(0),
                            settings.numbers(RATE_OF)));
            case "http" -> new Provider.Gateway(settings.needed("url"),
                    Provider.Login.of(settings.needed("account"), sealed), settings.text("from"));
            case "smpp" -> new Provider.Smpp(settings.needed("host"), Integer.parseInt(settings.needed("port")),
                    settings.needed("tls").equals("tls"), Provider.Login.of(settings.needed("system_id"), sealed),
                    new Provider.SmppOptions(settings.text("system_type").orElse(""), settings.number("source_ton"),
                            settings.number("source_npi"), settings.number("window")));
            case String unknown -> throw new IllegalStateException("unknown kind of provider: " + unknown);
        };
    }

    private record Settings(Map<String, String> values) {
        static Settings of(List<String> names, List<String> texts) {
            var values = new HashMap<String, String>();
            for (int i = 0; i < names.size(); i++) {
                values.put(names.get(i), texts.get(i));
            }
            return new Settings(values);
        }

        String needed(String name) {
            return text(name).orElseThrow(() -> new IllegalStateException("a provider has no " + name));
        }

        Optional<String> text(String name) {
            return Optional.ofNullable(values.get(name));
        }

        /** By what stands behind the beginning of their names. */
        Map<String, Integer> numbers(String start) {
            return values.entrySet().stream().filter(setting -> setting.getKey().startsWith(start))
                    .collect(Collectors.toMap(setting -> setting.getKey().substring(start.length()),
                            setting -> Integer.valueOf(setting.getValue())));
        }

        Optional<Integer> number(String name) {
            return text(name).map(Integer::valueOf);
        }
    }
}
