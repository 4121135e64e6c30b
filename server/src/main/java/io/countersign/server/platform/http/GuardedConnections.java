package io.countersign.server.platform.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Makes HTTP/1.1 connections that read and write through a {@link Wire}. */
final class GuardedConnections implements ServerConnectionSelector {

    private final Http1ConnectionSelector http1;
    private final HttpLimits limits;
    private final BooleanSupplier closing;

    GuardedConnections(Http1ConnectionSelector http1, HttpLimits limits, BooleanSupplier closing) {
        this.http1 = http1;
        this.limits = limits;
        this.closing = closing;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        Wire wire = new Wire(context.dataReader(), limits, closing);
        ChunkReader reader = new ChunkReader(wire);
        ServerConnection connection = http1.connection(new GuardedContext(context, reader, wire));
        return new Guarded(connection, wire, reader, limits.idleTime());
    }

    /** The connection of this thread, as the {@link Edge} needs it. */
    record Guarded(ServerConnection connection, Wire wire, ChunkReader reader, Duration idleTimeout)
            implements ServerConnection, InterruptableTask<Void> {

        static final ScopedValue<Guarded> CURRENT = ScopedValue.newInstance();

        @Override
        public void handle(Limit limit) throws InterruptedException {
            ScopedValue.where(CURRENT, this).call(() -> {
                connection.handle(limit);
                return null;
            });
        }

        @Override
        public boolean canInterrupt() {
            return connection instanceof InterruptableTask<?> task && task.canInterrupt();
        }

        /**
         * Asked from time to time by the toolkit, which closes connections that say they are idle for too
         * long. Idle ones are found by the wire; what it cannot see, because its thread is held, is a client
         * that takes nothing.
         */
        @Override
        public Duration idleTime() {
            return wire.stuckWriting() ? idleTimeout.plusSeconds(1) : Duration.ZERO;
        }

        @Override
        public void close(boolean interrupt) {
            connection.close(interrupt || wire.stuckWriting());
        }
    }
}
