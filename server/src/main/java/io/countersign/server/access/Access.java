package io.countersign.server.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.server.access.AccessStore.Credential;
import io.countersign.server.access.Authentication.Denied;
import io.countersign.server.access.Authentication.Granted;
import io.countersign.server.access.Authentication.Reason;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Integration;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Tells who a bearer key or token belongs to. What was found is remembered for some seconds, by keyed hash
 * and only until the set-up changes, so a revoked key is out at once here, and within about a second on
 * other nodes.
 */
public final class Access {
    static final Duration TEST_KEY_LIFE = Duration.ofHours(12);
    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final int MOST_REMEMBERED = 10_000;
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([!-~]{1,500})");
    /** The two forms of the operations API (AP2); a Bearer token is as good there. */
    private static final Pattern SECRET_KEY = Pattern.compile(
            "(?i:secretkey|bearer) +([!-~]{1,500})|(?i:mindbox) +(?i:secretkey) *= *\"([!-~&&[^\"]]{1,500})\"");

    private final Database database;
    private final Secrets secrets;
    private final Catalogs catalogs;
    private final InstantSource clock;
    private final Cache<ByteBuffer, Known> known;

    public Access(Database database, Secrets secrets, Catalogs catalogs, InstantSource clock) {
        this.database = database;
        this.secrets = secrets;
        this.catalogs = catalogs;
        this.clock = clock;
        this.known = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();
    }

    /** What a hash stood for when the set-up had this version. */
    private record Known(long version, Optional<Credential> credential) {}

    /** @param authorization the text of the Authorization header: {@code Bearer <key or operator token>} */
    public Authentication authenticate(Optional<String> authorization) {
        if (authorization.isEmpty()) {
            return new Denied(Reason.MISSING);
        }
        return authenticate(BEARER.matcher(authorization.get()));
    }

    /** The same for {@code SecretKey <key>} and {@code Mindbox secretKey="<key>"}. */
    public Authentication authenticateSecretKey(Optional<String> authorization) {
        return authorization.<Authentication>map(text -> authenticate(SECRET_KEY.matcher(text)))
                .orElse(new Denied(Reason.MISSING));
    }

    /** Whether this is the name of the caller's own project. */
    boolean isOwnProject(Caller caller, String slug) {
        return catalogs.current().project(slug).filter(project -> project.id().equals(caller.project())).isPresent();
    }

    private Authentication authenticate(Matcher header) {
        if (!header.matches()) {
            return new Denied(Reason.MALFORMED);
        }
        String secret = IntStream.rangeClosed(1, header.groupCount()).mapToObj(header::group)
                .filter(Objects::nonNull).findFirst().orElseThrow();
        return switch (find(secrets.hash("key", secret)).orElse(null)) {
            case null -> new Denied(Reason.UNKNOWN);
            case Credential.Token token -> new Granted(token.operator());
            case Credential.Key key -> granted(key);
        };
    }

    private Optional<Credential> find(byte[] hash) {
        ByteBuffer cached = ByteBuffer.wrap(hash);
        long version = catalogs.current().version();
        Known remembered = known.getIfPresent(cached);
        if (remembered == null || remembered.version() != version) {
            remembered = new Known(version, database.with(tx -> AccessStore.find(tx, hash)));
            known.put(cached, remembered);
        }
        return remembered.credential();
    }

    private Authentication granted(Credential.Key key) {
        if (key.revoked()) {
            return new Denied(Reason.REVOKED);
        }
        if (key.test() && !clock.instant().isBefore(key.createdAt().plus(TEST_KEY_LIFE))) {
            return new Denied(Reason.EXPIRED);
        }
        return integration(key).<Authentication>map(integration -> integration.active()
                ? new Granted(new Caller.OfIntegration(key.project(), integration, key.test()))
                : new Denied(Reason.INACTIVE)).orElse(new Denied(Reason.UNKNOWN));
    }

    /** A key may be younger than the set-up known here: then another node has just made its integration. */
    private Optional<Integration> integration(Credential.Key key) {
        Optional<Integration> integration = catalogs.current().integration(key.project(), key.integration());
        if (integration.isPresent()) {
            return integration;
        }
        catalogs.refresh();
        return catalogs.current().integration(key.project(), key.integration());
    }
}
