package io.countersign.server.platform.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * The toolkit's connection with our reader, and with a writer that tells the {@link Wire} while it writes.
 */
record GuardedContext(ConnectionContext context, DataReader dataReader, Wire wire)
        implements ConnectionContext {

    @Override
    public DataWriter dataWriter() {
        return new WatchedWriter(context.dataWriter(), wire);
    }

    @Override
    public ListenerContext listenerContext() {
        return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return context.executor();
    }

    @Override
    public Router router() {
        return context.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return context.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return context.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return context.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return context.localPeer();
    }

    @Override
    public boolean isSecure() {
        return context.isSecure();
    }

    @Override
    public String socketId() {
        return context.socketId();
    }

    @Override
    public String childSocketId() {
        return context.childSocketId();
    }

    private record WatchedWriter(DataWriter writer, Wire wire) implements DataWriter {

        @Override
        public void write(BufferData... buffers) {
            watched(() -> writer.write(buffers));
        }

        @Override
        public void write(BufferData buffer) {
            watched(() -> writer.write(buffer));
        }

        @Override
        public void writeNow(BufferData... buffers) {
            watched(() -> writer.writeNow(buffers));
        }

        @Override
        public void writeNow(BufferData buffer) {
            watched(() -> writer.writeNow(buffer));
        }

        @Override
        public void flush() {
            watched(writer::flush);
        }

        @Override
        public void close() {
            writer.close();
        }

        private void watched(Runnable write) {
            wire.writing(true);
            try {
                write.run();
            } finally {
                wire.writing(false);
            }
        }
    }
}
