package io.countersign.server.message;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.message.BulkQueue.Lane;
import io.countersign.server.message.Prepared.Ready;
import io.countersign.server.platform.Loop;
import io.countersign.server.platform.database.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Sends the campaigns in bulk of one channel, apart from all other messages. Each project has a turn after the other,
 * and in a project each campaign; a turn is one batch, which is taken while the last is handed over. Mails wait at
 * their provider and are made there when their turn comes; where none can wait, workers make and hand over.
 * Batches grow and shrink with the speed of the provider, so that a campaign that is paused stops within seconds.
 */
final class BulkLanes implements BulkMessage.Place {
    private static final long LOOK_MILLIS = 500;
    private static final long ROOM_MILLIS = 5;
    private static final long LONGEST_TAKE_MILLIS = 5_000;
    private static final int WORKERS = 64;
    private static final int LEAST = 32;
    private static final int MOST = 512;
    /** What a batch should take to be handed over. */
    private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Database database;
    private final InstantSource clock;
    private final OutgoingQueue queue;
    private final HandOvers handOvers;
    private final Providers providers;
    private final String channel;
    /** What was taken and is not over. */
    private final Set<BulkMessage> open = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<BulkMessage> forWorkers = new LinkedBlockingQueue<>();
    private final Map<Lane, Long> served = new HashMap<>();
    private final Thread taking;
    private long turns;
    private int batch = LEAST;
    private long lastTake = System.nanoTime();

    BulkLanes(Database database, InstantSource clock, OutgoingQueue queue, HandOvers handOvers, Providers providers,
              String channel) {
        this.database = database;
        this.clock = clock;
        this.queue = queue;
        this.handOvers = handOvers;
        this.providers = providers;
        this.channel = channel;
        this.taking = Loop.of("message-bulk-" + channel, () -> !handOvers.isClosing(), this::take);
    }

    BulkLanes start() {
        taking.start();
        for (int i = 0; i < WORKERS; i++) {
            Loop.of("message-bulk-send", () -> !handOvers.isClosing(), this::send).start();
        }
        return this;
    }

    private void take() {
        if (!turns()) {
            handOvers.await(LOOK_MILLIS);
        }
    }

    /** A turn for each project with something due; answers whether there is likely to be more. */
    private boolean turns() {
        List<Lane> lanes = database.with(tx -> BulkQueue.lanes(tx, channel, clock.instant()));
        served.keySet().retainAll(lanes);
        boolean more = false;
        for (List<Lane> project : inTurn(lanes)) {
            more |= turn(project);
        }
        return more;
    }

    /** Of each project the campaigns, the one that has waited longest first. */
    private Collection<List<Lane>> inTurn(List<Lane> lanes) {
        return lanes.stream().sorted(Comparator.comparing(lane -> served.getOrDefault(lane, 0L)))
                .collect(Collectors.groupingBy(Lane::project)).values();
    }

    /** A turn is the first's of which something is not under way already; one that cannot be taken has none. */
    private boolean turn(List<Lane> project) {
        for (Lane lane : project) {
            try {
                OutgoingQueue.Turn turn = turn(lane);
                if (!turn.prepared().isEmpty() || turn.more()) {
                    return turn.more() || project.size() > 1;
                }
            } catch (RuntimeException | Error e) {
                handOvers.complain("a campaign cannot be taken", e);
            }
        }
        return false;
    }

    private OutgoingQueue.Turn turn(Lane lane) {
        awaitRoom();
        served.put(lane, ++turns);
        OutgoingQueue.Turn turn = queue.take(lane, batch);
        var unsent = new ArrayList<Ready>();
        boolean late = handOvers.isClosing(); // nobody would send it any more
        handOvers.begin(turn.prepared(), late ? unsent::add : this::enqueue);
        handOvers.giveBack(unsent);
        return turn;
    }

    /**
     * Until no more than a batch waits, which is made while the next one is taken; the speed of the last tells how
     * large the next is to be.
     */
    private void awaitRoom() {
        long left = left();
        while (left > batch && !handOvers.isClosing()) {
            handOvers.await(ROOM_MILLIS);
            left = left();
        }
        long took = System.nanoTime() - lastTake;
        lastTake += took;
        if (took > BATCH_NANOS) {
            batch = Math.max(LEAST, batch / 2);
        } else if (took < BATCH_NANOS / 2 && left < batch) { // twice as many do not take longer than they should
            batch = Math.min(MOST, batch * 2);
        }
    }

    /** What waits, without what connections and workers have in hand, however many these are. */
    private long left() {
        return open.stream().filter(BulkMessage::waits).count();
    }

    private void enqueue(Ready ready) {
        var message = new BulkMessage(ready, handOvers, providers, this);
        open.add(message);
        try {
            if (!isQueued(message)) {
                forWorkers.add(message);
            }
        } catch (RuntimeException | Error e) { // such as a provider that cannot be built
            if (message.begin()) {
                message.fail(e);
            }
        }
    }

    @Override
    public void isOver(BulkMessage message) {
        open.remove(message);
    }

    /** The provider that it waited at is closed: the set-up names another, or this node ends. */
    @Override
    public void comesBack(BulkMessage message) {
        open.remove(message);
        if (handOvers.isClosing()) {
            handOvers.giveBack(List.of(message.ready()));
            return;
        }
        enqueue(message.ready());
        if (handOvers.isClosing()) {
            giveBack(); // those that close may have looked before
        }
    }

    private boolean isQueued(BulkMessage message) {
        return message.ready().taken().recipient().type() == ContactType.EMAIL && providers.email().queue(message);
    }

    private void send() {
        try {
            BulkMessage now = forWorkers.poll(); // to wait for a time costs more than a message should
            BulkMessage next = now != null ? now : forWorkers.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null && next.begin()) {
                next.handOver();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After {@link HandOvers#close}: what is not begun is given back, what is under way ends. */
    void close() {
        giveBack();
        try {
            taking.join(LONGEST_TAKE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        giveBack(); // what was taken last
    }

    private void giveBack() {
        List<BulkMessage> unbegun = open.stream().filter(BulkMessage::begin).toList();
        unbegun.forEach(open::remove);
        handOvers.giveBack(unbegun.stream().map(BulkMessage::ready).toList());
    }
}
