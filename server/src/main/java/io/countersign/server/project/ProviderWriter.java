package io.countersign.server.project;

import io.countersign.server.platform.Secrets;
import io.countersign.server.project.ProvisionReport.Kind;
import io.countersign.server.project.Setups.ProviderSetup;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes providers. A provider is described as a whole: what is left out of it is not kept. */
final class ProviderWriter {
    private final ProvisionRun run;

    ProviderWriter(ProvisionRun run) {
        this.run = run;
    }

    void write(List<ProviderSetup> providers) throws SQLException {
        for (ProviderSetup provider : providers) {
            write(provider);
        }
    }

    private record Stored(boolean same, byte[] sealed) {}

    private void write(ProviderSetup provider) throws SQLException {
        String settings = json(provider.settings());
        Optional<Stored> stored = run.tx.one("""
                select kind = ? and settings = ?::jsonb as same, sealed from providers where channel = ?""",
                row -> new Stored(row.flag("same"), row.bytes("sealed")),
                provider.kind(), settings, provider.channel());
        String what = provider.channel() + " provider";
        if (stored.isPresent() && stored.get().same()
                && opens(run.tools.secrets(), stored.get().sealed(), provider.password())) {
            run.note(Kind.UNCHANGED, what);
            return;
        }
        run.note(stored.isPresent() ? Kind.CHANGED : Kind.CREATED, what);
        run.tx.update("""
                insert into providers (channel, kind, settings, sealed, changed_at)
                values (?, ?, ?::jsonb, ?::bytea, ?)
                on conflict (channel) do update set kind = excluded.kind, settings = excluded.settings,
                    sealed = excluded.sealed, changed_at = excluded.changed_at""",
                provider.channel(), provider.kind(), settings, sealed(run.tools.secrets(), provider.password()),
                run.now);
    }

    static byte[] sealed(Secrets secrets, Optional<Concealed> password) {
        return password.map(clear -> secrets.seal(bytes(clear))).orElse(null);
    }

    /** Sealing gives another text each time, so the old one is opened to compare. */
    static boolean opens(Secrets secrets, byte[] sealed, Optional<Concealed> password) {
        if (sealed == null || password.isEmpty()) {
            return sealed == null && password.isEmpty();
        }
        try {
            return java.security.MessageDigest.isEqual(secrets.open(sealed), bytes(password.get()));
        } catch (IllegalStateException e) {
            return false;   // sealed with another key: seal it anew
        }
    }

    private static byte[] bytes(Concealed secret) {
        return secret.clear().getBytes(StandardCharsets.UTF_8);
    }

    static String json(Map<String, String> settings) {
        return settings.entrySet().stream().map(e -> quoted(e.getKey()) + ":" + quoted(e.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Settings are single lines without control characters. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
