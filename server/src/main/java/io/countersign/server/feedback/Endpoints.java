package io.countersign.server.feedback;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.feedback.Endpoint.Kind;
import io.countersign.server.feedback.Endpoint.Made;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes, finds and revokes the addresses that feedback is sent to. */
final class Endpoints {
    /** So many live ones a project may have. */
    static final int MOST = 100;
    private static final String PURPOSE = "feedback-endpoint";
    private static final int SECRET_BYTES = 24;
    private static final int KEY_BYTES = 32;
    private static final String KEY_PREFIX = "whsec_";
    private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,6})\\.[A-Za-z0-9_-]{32}");

    private final Database database;
    private final Secrets secrets;
    private final Ids ids;
    private final InstantSource clock;

    Endpoints(Database database, Secrets secrets, Ids ids, InstantSource clock) {
        this.database = database;
        this.secrets = secrets;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A new one, with what is shown this once.
     *
     * @param secret the last segment of its address
     * @param key    what events are signed with; empty for other kinds
     */
    record Fresh(Endpoint endpoint, String secret, Optional<String> key) {}

    /** One that takes reports, with the key that events are signed with. */
    record Live(Endpoint endpoint, Optional<byte[]> key) {}

    /** Makes one; empty when the project has enough. */
    Optional<Fresh> make(ProjectId project, Kind kind, String name, String actor) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var made = new Endpoint(ids.next(), project, kind, name, new Made(actor, now), Optional.empty());
        String secret = Integer.toString(project.value(), Character.MAX_RADIX) + '.' + secrets.fresh(SECRET_BYTES);
        byte[] key = kind == Kind.EVENTS ? Base64.getUrlDecoder().decode(secrets.fresh(KEY_BYTES)) : null;
        boolean stored = database.transaction(tx -> {
            if (EndpointStore.countLive(tx, project) >= MOST) {
                return false;
            }
            EndpointStore.insert(tx, made, secrets.hash(PURPOSE, secret), key == null ? null : secrets.seal(key));
            return true;
        });
        return stored ? Optional.of(new Fresh(made, secret, Optional.ofNullable(key)
                .map(bytes -> KEY_PREFIX + Base64.getEncoder().encodeToString(bytes)))) : Optional.empty();
    }

    /** The live endpoint of a secret; the secret itself tells its project. */
    Optional<Live> find(Kind kind, String secret) {
        Matcher parts = FORM.matcher(secret);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long project = Long.parseLong(parts.group(1), Character.MAX_RADIX);
        return project > Integer.MAX_VALUE ? Optional.empty()
                : database.with(tx -> EndpointStore.live(tx, new ProjectId((int) project),
                        secrets.hash(PURPOSE, secret)))
                .filter(found -> found.endpoint().kind() == kind)
                .map(found -> new Live(found.endpoint(), found.sealed().map(secrets::open)));
    }

    List<Endpoint> list(ProjectId project, Optional<UUID> before, int most) {
        return database.with(tx -> EndpointStore.list(tx, project, before, most));
    }

    boolean revoke(ProjectId project, UUID id) {
        return database.with(tx -> EndpointStore.revoke(tx, project, id, clock.instant()));
    }
}
