package io.countersign.server.dkim;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.dkim.DkimKeyStore.Kept;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Sender;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys that brands sign their mails with. Of the keys of one algorithm the oldest signs: a new one is published
 * first, and signs when the old one is retired. Private keys are sealed, and erased when retired.
 */
public final class DkimKeys {
    private final Database database;
    private final Secrets secrets;
    private final Catalogs catalogs;
    private final InstantSource clock;
    private final Map<Owner, Loaded> loaded = new ConcurrentHashMap<>();

    private record Owner(ProjectId project, BrandId brand) {}

    /** As of a version of the set-up: each change of a key counts it up. */
    private record Loaded(long version, List<Signing> keys) {}

    private record Signing(DkimKey key, Signer signer) {}

    public DkimKeys(Database database, Secrets secrets, Catalogs catalogs, InstantSource clock) {
        this.database = database;
        this.secrets = secrets;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    /** Under which name a domain publishes a key. */
    public record Name(String domain, String selector) {}

    /** Keeps a pair; empty when the brand has had a key of this name, which no other ever gets. */
    public Optional<DkimKey> add(Brand brand, Name name, DkimPair pair, String by) {
        var key = new DkimKey(name.domain(), name.selector(), pair.algorithm(),
                pair.algorithm().record(pair.publicKey()), clock.instant().truncatedTo(ChronoUnit.MICROS),
                Optional.empty());
        var kept = new Kept(key, secrets.seal(pair.privateKey().getEncoded()));
        return catalogs.change(tx -> DkimKeyStore.add(tx, brand, kept, by)) ? Optional.of(key) : Optional.empty();
    }

    /** Oldest first, with those retired. */
    public List<DkimKey> list(Brand brand) {
        return database.with(tx -> DkimKeyStore.all(tx, brand)).stream().map(Kept::key).toList();
    }

    /** The names of the keys that sign, out of all keys of a brand. */
    public static List<String> signing(List<DkimKey> all) {
        Map<Algorithm, String> oldest = new LinkedHashMap<>();
        all.stream().filter(key -> key.retiredAt().isEmpty())
                .forEach(key -> oldest.putIfAbsent(key.algorithm(), key.id()));
        return List.copyOf(oldest.values());
    }

    /** From now on it signs nothing; false when there is no such key. */
    public boolean retire(Brand brand, String id) {
        return catalogs.change(tx -> DkimKeyStore.retire(tx, brand, id, clock.instant()));
    }

    /** Who signs mails of the brand from this domain: none, or one of each algorithm. */
    public List<Signer> signers(Brand brand, String senderDomain) {
        long version = catalogs.current().version();
        Loaded known = loaded.compute(new Owner(brand.project(), brand.id()), (_, before) ->
                before != null && before.version() == version ? before : new Loaded(version, load(brand)));
        Map<Algorithm, Signer> chosen = new LinkedHashMap<>();
        known.keys().stream().filter(one -> Sender.isAligned(one.key().domain(), senderDomain))
                .forEach(one -> chosen.putIfAbsent(one.key().algorithm(), one.signer()));
        Collection<Signer> signers = chosen.values();
        return List.copyOf(signers);
    }

    private List<Signing> load(Brand brand) {
        return database.with(tx -> DkimKeyStore.all(tx, brand)).stream().filter(kept -> kept.sealed() != null)
                .map(this::signing).toList();
    }

    private Signing signing(Kept kept) {
        DkimKey key = kept.key();
        return new Signing(key, new Signer(key.domain(), key.selector(), key.algorithm(),
                DkimPair.privateKey(key.algorithm(), secrets.open(kept.sealed()))));
    }
}
