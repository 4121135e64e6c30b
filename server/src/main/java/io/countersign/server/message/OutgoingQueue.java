package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.confirmation.AuthenticationStore;
import io.countersign.server.confirmation.CodeStore;
import io.countersign.server.confirmation.Tickets;
import io.countersign.server.consent.ConsentStore;
import io.countersign.server.consent.ConsentStore.Shown;
import io.countersign.server.message.BulkQueue.Lane;
import io.countersign.server.message.MessageMaker.Background;
import io.countersign.server.message.MessageQueue.Due;
import io.countersign.server.message.Prepared.Carried;
import io.countersign.server.message.Prepared.Ready;
import io.countersign.server.platform.Complaints;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.DatabaseException;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes due messages of every kind and has them made, in one transaction: the hashes of their secrets are committed
 * before anything is handed over.
 */
final class OutgoingQueue {
    private static final System.Logger LOG = System.getLogger(OutgoingQueue.class.getName());

    private final Complaints complaints = new Complaints(LOG);
    private final Database database;
    private final InstantSource clock;
    private final MessageMaker optIns;
    private final MessageMaker texts;
    private final CampaignQueue campaigns;
    private final Paces paces;

    OutgoingQueue(Database database, InstantSource clock, Makers makers, Paces paces) {
        this.database = database;
        this.clock = clock;
        this.optIns = makers.optIns();
        this.texts = makers.texts();
        this.campaigns = makers.campaigns();
        this.paces = paces;
    }

    /** Who makes the messages of each kind. */
    record Makers(MessageMaker optIns, MessageMaker texts, CampaignQueue campaigns) {}

    List<Prepared> take(Due due, int most) {
        return heldUpByNone(way -> take(due, most, way));
    }

    private List<Prepared> take(Due due, int most, Way way) {
        Instant now = clock.instant();
        return database.transaction(tx -> {
            Paces.Admitted admitted = paces.admit(MessageQueue.take(tx, due, most, now), now);
            if (!admitted.later().isEmpty()) {
                MessageQueue.putBack(tx, due.project(), admitted.later());
            }
            return way.prepare(tx, due.project(), admitted.now(), now);
        });
    }

    /** What one campaign sends in bulk. */
    Turn take(Lane lane, int most) {
        return heldUpByNone(way -> take(lane, most, way));
    }

    private Turn take(Lane lane, int most, Way way) {
        Instant now = clock.instant();
        return database.transaction(tx -> {
            BulkQueue.Found found = BulkQueue.find(tx, lane, most, now);
            Paces.Admitted admitted = paces.admit(found.taken(), now);
            if (!admitted.later().isEmpty()) {
                BulkQueue.putOff(tx, lane.project(), admitted.later());
            }
            if (!admitted.now().isEmpty()) {
                TakeStore.add(tx, lane, found.id(), admitted.now().stream().map(Taken::id).toList(), now);
            }
            return new Turn(way.prepare(tx, lane.project(), admitted.now(), now), found.taken().size() == most);
        });
    }

    /** @param more whether there is likely to be more: what was put off is no reason to stop */
    record Turn(List<Prepared> prepared, boolean more) {}

    /** How messages that were taken together are prepared. */
    private interface Way {
        List<Prepared> prepare(Tx tx, ProjectId project, List<Taken> taken, Instant now) throws SQLException;
    }

    /** All at once; where that fails, and not only because of the moment, one by one. */
    private <T> T heldUpByNone(Function<Way, T> take) {
        try {
            return take.apply(this::prepare);
        } catch (RuntimeException | Error e) {
            if (isOfTheMoment(e)) {
                throw e;
            }
            complaints.tell("messages could not be prepared together, and are one by one", e);
            return take.apply(this::prepareEach);
        }
    }

    private List<Prepared> prepareEach(Tx tx, ProjectId project, List<Taken> taken, Instant now) throws SQLException {
        var prepared = new ArrayList<Prepared>();
        for (Taken message : taken) {
            try {
                prepared.addAll(tx.undoable(inner -> prepare(inner, project, List.of(message), now)));
            } catch (RuntimeException | Error e) {
                if (isOfTheMoment(e)) {
                    throw e;
                }
                prepared.add(Prepared.failing(message, e));
            }
        }
        return prepared;
    }

    private static boolean isOfTheMoment(Throwable failure) {
        return failure instanceof DatabaseException database && database.isOfTheMoment();
    }

    private List<Prepared> prepare(Tx tx, ProjectId project, List<Taken> taken, Instant now) throws SQLException {
        List<Prepared> prepared = new ArrayList<>(others(tx, project, taken, now));
        List<Taken> ofCampaigns = taken.stream().filter(OutgoingQueue::isOfCampaign).toList();
        if (!ofCampaigns.isEmpty()) {
            holdLimited(tx, project, ofCampaigns);
            prepared.addAll(campaigns.prepare(tx, project, ofCampaigns, now));
        }
        ConsentStore.writeMails(tx, project.value(), shown(prepared));
        List<Carried> carried = prepared.stream().filter(Ready.class::isInstance)
                .map(ready -> ((Ready) ready).carried()).toList();
        Tickets.store(tx, project.value(), carried.stream().flatMap(one -> one.ticket().stream()).toList(), now);
        CodeStore.store(tx, project.value(), carried.stream().flatMap(one -> one.code().stream()).toList(), now);
        AuthenticationStore.write(tx, project, carried.stream().flatMap(one -> one.authentications().stream())
                .toList(), now);
        return prepared;
    }

    /**
     * Brands that limit how many messages a customer gets are checked by one take after the other: each then sees what
     * those before it let through, which is marked as under way and committed. Other brands hold up nobody.
     */
    private static void holdLimited(Tx tx, ProjectId project, List<Taken> ofCampaigns) throws SQLException {
        tx.list("""
                select brand_id from brands
                where project_id = ? and brand_id = any(?) and messages_per_day is not null
                order by brand_id for no key update""", row -> row.integer("brand_id"), project.value(),
                Tx.ArrayOf.of("integer", ofCampaigns.stream().map(message -> message.letter().brand().value())
                        .distinct().toList()));
    }

    private static List<Shown> shown(List<Prepared> prepared) {
        return prepared.stream().filter(Ready.class::isInstance).map(Ready.class::cast)
                .flatMap(ready -> ready.carried().wording().stream().map(text ->
                        new Shown(ready.taken().id(), ready.taken().recipient().customer(), text))).toList();
    }

    private static boolean isOfCampaign(Taken message) {
        return message.letter().campaign().isPresent();
    }

    private List<Prepared> others(Tx tx, ProjectId project, List<Taken> all, Instant now) throws SQLException {
        List<Taken> taken = all.stream().filter(message -> !isOfCampaign(message)).toList();
        Background background = background(tx, project, taken, now);
        return taken.stream().map(message -> Prepared.of(message, () ->
                (message.letter().text().isPresent() ? texts : optIns).prepare(message, background))).toList();
    }

    /** Opt-in mails need none of it. */
    private static Background background(Tx tx, ProjectId project, List<Taken> taken, Instant now)
            throws SQLException {
        List<Taken> transactional = taken.stream().filter(message -> message.letter().text().isPresent()).toList();
        if (transactional.isEmpty()) {
            return new Background(now, Map.of(), Map.of());
        }
        return new Background(now, TextStore.find(tx, project, transactional.stream()
                .map(message -> message.letter().text().orElseThrow()).collect(Collectors.toSet())),
                PeopleStore.find(tx, project, transactional.stream().map(message -> message.recipient().customer())
                        .collect(Collectors.toSet())));
    }
}
