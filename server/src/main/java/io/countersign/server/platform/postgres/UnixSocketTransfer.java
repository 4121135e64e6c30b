package io.countersign.server.platform.postgres;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads with a time limit, which a blocking channel lacks: this one never blocks, a selector waits instead. A
 * read that ran into its limit has lost nothing, the next one goes on. Switching between the two ways when a
 * limit is set or lifted was tried: it blocks for ever while another thread writes to a peer that waits for
 * us to read. For virtual threads both are equally fast, since they wait by a poller anyway.
 */
final class UnixSocketTransfer {

    /** The JDK keeps a buffer of the size of the largest transfer per thread. */
    private static final int LARGEST = 1 << 16;

    private final SocketChannel channel;
    private final Selector readable;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile int timeout;

    UnixSocketTransfer(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.readable = Selector.open();
    }

    void connect(UnixDomainSocketAddress address) throws IOException {
        try {
            channel.connect(address);
            channel.configureBlocking(false);
            channel.register(readable, SelectionKey.OP_READ);
        } catch (IOException failed) {
            close();
            throw failed;
        }
    }

    void timeout(int millis) {
        timeout = millis;
    }

    int timeout() {
        return timeout;
    }

    /** One reader at a time; returns what is there, -1 at the end. */
    int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            return readWithin(timeout, ByteBuffer.wrap(bytes, offset, Math.min(length, LARGEST)));
        } catch (ClosedByInterruptException interrupted) {
            throw interrupted;
        } catch (ClosedChannelException | ClosedSelectorException closed) {
            throw new SocketException("Socket closed");
        }
    }

    /** One writer at a time, beside a reader; returns when all is handed to the kernel. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        writing.lock();
        try {
            for (int at = 0; at < length; at += LARGEST) {
                writeAll(ByteBuffer.wrap(bytes, offset + at, Math.min(LARGEST, length - at)));
            }
        } catch (ClosedByInterruptException interrupted) {
            throw interrupted;
        } catch (ClosedChannelException closed) {
            throw new SocketException("Socket closed");
        } finally {
            writing.unlock();
        }
    }

    void close() throws IOException {
        channel.close();
        readable.close();
    }

    private int readWithin(int millis, ByteBuffer buffer) throws IOException {
        int n = channel.read(buffer);
        long begin = n == 0 ? System.nanoTime() : 0;
        while (n == 0) {
            long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            if (millis > 0 && passed >= millis) {
                throw new SocketTimeoutException("Read timed out");
            }
            readable.select(millis > 0 ? millis - passed : 0);
            readable.selectedKeys().clear();
            stopIfInterrupted();
            n = channel.read(buffer);
        }
        return n;
    }

    private void writeAll(ByteBuffer buffer) throws IOException {
        channel.write(buffer);
        while (buffer.hasRemaining()) {
            awaitWritable();
            channel.write(buffer);
        }
    }

    /**
     * Seldom: the kernel's buffer is full. Looks up now and then, since closing the channel does not wake it.
     */
    private void awaitWritable() throws IOException {
        try (var writable = Selector.open()) {
            channel.register(writable, SelectionKey.OP_WRITE);
            while (channel.isOpen() && writable.select(100) == 0) {
                stopIfInterrupted();
            }
        }
    }

    /** A selector returns at once for an interrupted thread: without this the loop would spin. */
    private void stopIfInterrupted() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            close();
            throw new ClosedByInterruptException();
        }
    }
}
