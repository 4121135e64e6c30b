package io.countersign.server.confirmation;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Challenge.Asked;
import io.countersign.domain.confirmation.Challenge.Guesses;
import io.countersign.domain.confirmation.Challenge.Scope;
import io.countersign.domain.confirmation.Challenge.State;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.TopicId;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table {@code challenges}. */
public final class ChallengeStore {
    private static final String COLUMNS = """
            challenge_id, purpose, brand_id, customer_id, type, value, scope, topic_ids, form_id, state, mailed_at,
            expires_at, tried, last_tried_at""";
    private static final Insert INSERT = Insert.into("challenges", "project_id integer", "challenge_id uuid",
            "purpose text", "brand_id integer", "contact_id bigint", "customer_id uuid", "value text", "scope text",
            "topic_ids integer[]", "form_id text", "state text", "mailed_at timestamptz[]", "created_at timestamptz",
            "expires_at timestamptz", "closed_at timestamptz", "type text", "tried integer",
            "last_tried_at timestamptz");
    /** Mails of the last day count, so challenges that were closed since then matter as well. */
    private static final Duration MEMORY = Duration.ofHours(25);

    private ChallengeStore() {}

    /** The open challenges of these customers, the recently closed ones, and those that are named. */
    public static List<Challenge> of(Tx tx, int project, Collection<UUID> customers, Collection<UUID> named,
                                     Instant now) throws SQLException {
        return tx.list("select " + COLUMNS + """
                 from challenges
                where project_id = ?
                  and (customer_id = any(?) and (state = 'open' or closed_at > ?) or challenge_id = any(?))
                order by challenge_id""",
                ChallengeStore::challenge, project, Tx.ArrayOf.of("uuid", List.copyOf(customers)), now.minus(MEMORY),
                Tx.ArrayOf.of("uuid", List.copyOf(named)));
    }

    public static Optional<Challenge> find(Tx tx, int project, UUID id) throws SQLException {
        return tx.one("select " + COLUMNS + " from challenges where project_id = ? and challenge_id = ?",
                ChallengeStore::challenge, project, id);
    }

    static Challenge challenge(Row row) throws SQLException {
        var topics = new TreeSet<TopicId>();
        row.integers("topic_ids").forEach(topic -> topics.add(new TopicId(topic)));
        var asked = new Asked(Names.parse(Scope.class, row.text("scope")), topics,
                Optional.ofNullable(row.text("form_id")));
        var key = new Challenge.Key(row.uuid("customer_id"), Names.parse(Purpose.class, row.text("purpose")),
                new BrandId(row.integer("brand_id")), Names.parse(ContactType.class, row.text("type")),
                row.text("value"));
        return new Challenge(row.uuid("challenge_id"), key, asked, Names.parse(State.class, row.text("state")),
                row.instant("expires_at"), row.instants("mailed_at"),
                new Guesses(row.integer("tried"), Optional.ofNullable(row.instant("last_tried_at"))));
    }

    /**
     * Writes what changed; what closes goes before what opens, for there is one open challenge per contact.
     *
     * @param contactOf the contact point that a challenge is about; null when nobody holds it any more
     */
    public static void write(Tx tx, int project, Collection<Challenge> before, Collection<Challenge> after,
                             Function<Challenge, Long> contactOf, Instant at) throws SQLException {
        Map<UUID, Challenge> old = before.stream().collect(Collectors.toMap(Challenge::id, Function.identity()));
        var opened = new ArrayList<Object[]>();
        var changed = new ArrayList<Object[]>();
        for (Challenge challenge : after) {
            Challenge known = old.get(challenge.id());
            if (known == null) {
                opened.add(columns(project, challenge, contactOf.apply(challenge), at));
            } else if (!known.equals(challenge)) {
                changed.add(columns(project, challenge, contactOf.apply(challenge), at));
            }
        }
        update(tx, project, changed);
        tx.insert(INSERT, opened);
    }

    private static void update(Tx tx, int project, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        tx.update("""
                update challenges c
                set customer_id = n.customer_id, contact_id = coalesce(n.contact_id, c.contact_id), scope = n.scope,
                    topic_ids = n.topic_ids::integer[], state = n.state, mailed_at = n.mailed_at::timestamptz[],
                    tried = n.tried, last_tried_at = n.last_tried_at,
                    closed_at = case when n.closed_at is null then null else coalesce(c.closed_at, n.closed_at) end
                from unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[],
                            ?::timestamptz[], ?::integer[], ?::timestamptz[])
                     as n (challenge_id, contact_id, customer_id, scope, topic_ids, state, mailed_at, closed_at, tried,
                           last_tried_at)
                where c.project_id = ? and c.challenge_id = n.challenge_id""",
                INSERT.array(rows, 1), INSERT.array(rows, 4), INSERT.array(rows, 5), INSERT.array(rows, 7),
                INSERT.array(rows, 8), INSERT.array(rows, 10), INSERT.array(rows, 11), INSERT.array(rows, 14),
                INSERT.array(rows, 16), INSERT.array(rows, 17), project);
    }

    private static Object[] columns(int project, Challenge challenge, Long contact, Instant at) {
        boolean open = challenge.state() == State.OPEN;
        return new Object[] {project, challenge.id(), Names.of(challenge.key().purpose()),
            challenge.key().brand().value(), contact, challenge.key().customer(), challenge.key().value(),
            Names.of(challenge.asked().scope()),
            topics(challenge), challenge.asked().form().orElse(null), Names.of(challenge.state()),
            texts(challenge.mailed()), at, challenge.expiresAt(), open ? null : at,
            Names.of(challenge.key().type()), challenge.guesses().tried(), challenge.guesses().last().orElse(null)};
    }

    private static List<Integer> topics(Challenge challenge) {
        return challenge.asked().topics().stream().map(TopicId::value).toList();
    }

    private static List<String> texts(List<Instant> instants) {
        return instants.stream().map(Instant::toString).toList();
    }
}
