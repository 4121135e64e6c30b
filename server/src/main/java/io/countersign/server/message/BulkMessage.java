package io.countersign.server.message;

import io.countersign.server.message.Prepared.Ready;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One message of a campaign in bulk, from the take to its end. Whoever begins it first has it: the provider where it
 * waits, a worker, or who gives it back unbegun.
 */
final class BulkMessage implements LaterEmail {
    private final Ready ready;
    private final HandOvers handOvers;
    private final Providers providers;
    private final Place place;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean inHand;

    BulkMessage(Ready ready, HandOvers handOvers, Providers providers, Place place) {
        this.ready = ready;
        this.handOvers = handOvers;
        this.providers = providers;
        this.place = place;
    }

    /** Where it came from. */
    interface Place {

        /** What came of it is known. */
        void isOver(BulkMessage message);

        /** It was begun, and yet given to no provider. */
        void comesBack(BulkMessage message);
    }

    Ready ready() {
        return ready;
    }

    /** Whether nobody has even looked at it. */
    boolean waits() {
        return !inHand && !begun.get();
    }

    /** What is no mail goes no further by this way. */
    @Override
    public Optional<OutgoingEmail> make() {
        if (begun.get()) {
            return Optional.empty(); // withdrawn
        }
        inHand = true;
        Made made = ready.making().get();
        return switch (made) {
            case OutgoingEmail mail -> Optional.of(mail);
            case OutgoingSms _, HandOver.Withheld _ -> {
                if (begin()) {
                    end(() -> providers.handOver(made));
                }
                yield Optional.empty();
            }
        };
    }

    @Override
    public boolean begin() {
        return begun.compareAndSet(false, true);
    }

    @Override
    public void end(HandOver outcome) {
        end(() -> outcome);
    }

    @Override
    public void fail(Throwable fault) {
        handOvers.fault(ready.taken(), fault);
        place.isOver(this);
    }

    @Override
    public void giveBack() {
        place.comesBack(this);
    }

    /** Makes it and hands it over here and now, once it is begun. */
    void handOver() {
        end(() -> providers.handOver(ready.making().get()));
    }

    private void end(Supplier<HandOver> outcome) {
        handOvers.end(ready.taken(), outcome);
        place.isOver(this);
    }
}
