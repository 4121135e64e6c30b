package io.countersign.server.consent;

import io.countersign.server.consent.ChainStore.Leaf;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Periodic;
import io.countersign.server.platform.database.Database;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Anchors what was recorded since the last time, every hour; what is read is what is new. */
public final class ConsentAnchors implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofHours(1);
    /** An id is made before its transaction commits: what is younger than this may still come. */
    private static final Duration SETTLING = Duration.ofMinutes(10);
    private static final UUID FIRST = new UUID(0, 0);
    private static final int PAGE = 2_000;
    private static final int MOST_OF_AN_ANCHOR = 50_000;

    private final Database database;
    private final ConsentSeal seal;
    private final InstantSource clock;
    private final Periodic periodic = new Periodic("consent-anchors", PAUSE);

    public ConsentAnchors(Database database, ConsentSeal seal, InstantSource clock) {
        this.database = database;
        this.seal = seal;
        this.clock = clock;
    }

    public ConsentAnchors start() {
        periodic.start(clock, this::write);
        return this;
    }

    /** The anchors of a project, in their order. */
    public List<ConsentAnchor> of(int project, int after, int most) {
        return database.with(tx -> ChainStore.anchors(tx, project, after, most));
    }

    /** An anchor of the project with this slug. */
    public Optional<ConsentAnchor> find(String project, int number) {
        return database.with(tx -> ChainStore.anchor(tx, project, number));
    }

    /** Anchors what is settled; several where much came. */
    void write() {
        Instant now = clock.instant();
        UUID settled = Ids.first(now.minus(SETTLING));
        periodic.each(database.with(ChainStore::projects), ChainStore.Tenant::slug, project ->
                periodic.drain(1, () -> anchor(project.id(), settled, now) ? 1 : 0));
    }

    private boolean anchor(int project, UUID settled, Instant now) {
        Optional<ConsentAnchor> last = database.with(tx -> ChainStore.lastAnchor(tx, project));
        UUID from = last.map(ConsentAnchor::until).orElse(FIRST);
        Content content = content(project, from, settled, MOST_OF_AN_ANCHOR);
        if (content.records() == 0) {
            return false;
        }
        int number = last.map(ConsentAnchor::number).orElse(0) + 1;
        byte[] previous = last.map(ConsentAnchor::hash).orElse(null);
        var anchor = new ConsentAnchor(number, now, content.until(), content.records(), previous,
                seal.anchor(number, previous, content));
        return database.with(tx -> ChainStore.insert(tx, project, anchor));
    }

    /**
     * What an anchor is over.
     *
     * @param until the id before which it ends
     */
    record Content(UUID until, int records, byte[] digest) {}

    /** Reads page after page; ends before {@code until}, or after the page that has enough. */
    Content content(int project, UUID from, UUID until, int enough) {
        MessageDigest digest = sha256();
        UUID at = from;
        int records = 0;
        while (true) {
            UUID start = at;
            List<Leaf> leaves = database.with(tx -> ChainStore.leaves(tx, project, start, until, PAGE + 1));
            leaves.stream().limit(PAGE).forEach(leaf -> digest.update(bytes(leaf)));
            records += Math.min(leaves.size(), PAGE);
            if (leaves.size() <= PAGE) {
                return new Content(until, records, digest.digest());
            }
            at = leaves.getLast().id();
            if (records >= enough) {
                return new Content(at, records, digest.digest());
            }
        }
    }

    /** Whether an anchor is over what is there, and after the one before it. */
    boolean holds(int project, Optional<ConsentAnchor> before, ConsentAnchor anchor) {
        UUID from = before.map(ConsentAnchor::until).orElse(FIRST);
        byte[] previous = before.map(ConsentAnchor::hash).orElse(null);
        Content content = content(project, from, anchor.until(), Integer.MAX_VALUE);
        return anchor.number() == before.map(ConsentAnchor::number).orElse(0) + 1
                && content.records() == anchor.records()
                && MessageDigest.isEqual(anchor.previous(), previous)
                && MessageDigest.isEqual(anchor.hash(), seal.anchor(anchor.number(), previous, content));
    }

    private static byte[] bytes(Leaf leaf) {
        return ByteBuffer.allocate(16 + leaf.hash().length).putLong(leaf.id().getMostSignificantBits())
                .putLong(leaf.id().getLeastSignificantBits()).put(leaf.hash()).array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        periodic.close();
    }
}
