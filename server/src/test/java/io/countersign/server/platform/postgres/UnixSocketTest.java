package io.countersign.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class UnixSocketTest {

    private final Workplace workplace = new Workplace();
    private ServerSocketChannel server;
    private Socket socket;
    private SocketChannel peer;

    @BeforeEach
    void connect() throws IOException {
        var path = workplace.top().resolve("socket");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        socket = new UnixSocketFactory(path.toString()).createSocket("ignored", 1);
        peer = server.accept();
    }

    @AfterEach
    void cleanUp() throws Exception {
        socket.close();
        peer.close();
        server.close();
        workplace.close();
    }

    @Test
    void aReadThatRanIntoItsLimitCanBeRepeated() throws Exception {
        socket.setSoTimeout(20);
        var in = socket.getInputStream();
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
        peer.write(ByteBuffer.wrap(new byte[] {7, (byte) 200}));
        assertThat(in.read()).isEqualTo(7);
        socket.setSoTimeout(0);
        assertThat(in.read()).isEqualTo(200);
        socket.setSoTimeout(20);
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
        peer.close();
        assertThat(in.read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20_000})
    void closingUnblocksAReader(int limit) throws Exception {
        socket.setSoTimeout(limit);
        var reader = new CompletableFuture<Thread>();
        var failure = new CompletableFuture<Exception>();
        Thread.ofVirtual().start(() -> {
            reader.complete(Thread.currentThread());
            failure.complete(failureOf(() -> socket.getInputStream().read()));
        });
        var thread = reader.get(5, TimeUnit.SECONDS);
        Workplace.await("the reader waits", () -> thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING);
        socket.close();
        assertThat(failure.get(5, TimeUnit.SECONDS)).isInstanceOf(SocketException.class);
        assertThat(socket.isClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20_000})
    void megabytesPassInBothDirectionsAtOnce(int limit) throws Exception {
        socket.setSoTimeout(limit);
        var sent = new byte[3_000_000];
        new Random(1).nextBytes(sent);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var echo = threads.submit(() -> echo(sent.length));
            var written = threads.submit(() -> {
                socket.getOutputStream().write(sent);
                return true;
            });
            assertThat(Arrays.equals(socket.getInputStream().readNBytes(sent.length), sent)).isTrue();
            assertThat(written.get()).isTrue();
            assertThat(echo.get()).isEqualTo(sent.length);
        }
    }

    @Test
    void anInterruptedReaderDoesNotSpin() throws Exception {
        socket.setSoTimeout(20_000);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(socket.isClosed()).isTrue();
    }

    private int echo(int total) throws IOException {
        var buffer = ByteBuffer.allocate(10_000);
        int passed = 0;
        while (passed < total && peer.read(buffer) >= 0) {
            passed += buffer.flip().remaining();
            while (buffer.hasRemaining()) {
                peer.write(buffer);
            }
            buffer.clear();
        }
        return passed;
    }

    private static Exception failureOf(Callable<Integer> read) {
        try {
            return new IllegalStateException("read " + read.call());
        } catch (Exception expected) {
            return expected;
        }
    }
}
