package io.countersign.acceptance;

import io.countersign.acceptance.OperationSetUp.Point;
import java.net.URI;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One server with the set-up of operations, shared by all classes that only need people of their own; and another for
 * those that move its time, which nobody else could bear. They end with the run.
 */
final class Shop implements BeforeAllCallback {
    /** What a class locks that moves the time. */
    static final String TIME = "the time of the shop";

    private final boolean timeMoves;
    private Running running;

    Shop() {
        this(false);
    }

    private Shop(boolean timeMoves) {
        this.timeMoves = timeMoves;
    }

    /** For a class with a lock on {@link #TIME}. */
    static Shop whereTimeMoves() {
        return new Shop(true);
    }

    private record Running(SmtpSink sink, ServerProcess server) implements AutoCloseable {
        static Running start() {
            var sink = SmtpSink.start();
            return new Running(sink, ServerProcess.start(OperationSetUp.of(sink)));
        }

        @Override
        public void close() {
            server.close();
            sink.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot().getStore(Namespace.create(Shop.class))
                .computeIfAbsent(timeMoves, _ -> Running.start(), Running.class);
    }

    Api api() {
        return new Api(base(), timeMoves);
    }

    URI base() {
        return running.server().base();
    }

    SmtpSink sink() {
        return running.sink();
    }

    Operations at(Point point) {
        return new Operations(api(), point);
    }

    /** Somebody of the first project whom nobody knows yet. */
    Person stranger() {
        return new Person(this, Point.WEBSITE, Body.freshId());
    }

    /** Somebody of the project that verifies nothing. */
    Person strangerWithoutVerification() {
        return new Person(this, Point.PLAIN, Body.freshId());
    }
}
