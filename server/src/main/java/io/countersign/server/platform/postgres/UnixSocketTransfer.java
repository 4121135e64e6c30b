package io.countersign.server.platform.postgres;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
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
 * Reads with a time limit, which a channel lacks: without a limit the channel blocks, the cheapest way; with one it
 * does not, and a selector waits. A read that ran into its limit has lost nothing: the next one goes on.
 */
final class UnixSocketTransfer {

    /** The JDK keeps a buffer of the size of the largest transfer per thread. */
    private static final int LARGEST = 1 << 16;

    private final SocketChannel channel;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile int timeout;
    private volatile Selector readable;

    UnixSocketTransfer(SocketChannel channel) {
        this.channel = channel;
    }

    void timeout(int millis) {
        timeout = millis;
    }

    int timeout() {
        return timeout;
    }

    /** One reader at a time; returns what is there, -1 at the end. */
    int read(byte[] bytes, int offset, int length) throws IOException {
        var buffer = ByteBuffer.wrap(bytes, offset, Math.min(length, LARGEST));
        if (length == 0) {
            return 0;
        }
        int limit = timeout;
        try {
            return limit == 0 && canBlock() ? channel.read(buffer) : readWithin(limit, buffer);
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
        } catch (ClosedChannelException | ClosedSelectorException closed) {
            throw new SocketException("Socket closed");
        } finally {
            writing.unlock();
        }
    }

    void close() throws IOException {
        channel.close();
        var waiting = readable;
        if (waiting != null) {
            waiting.close();
        }
    }

    /** Goes back to blocking after a time limit was lifted, unless a writer is just waiting. */
    private boolean canBlock() throws IOException {
        if (channel.isBlocking()) {
            return true;
        }
        if (!writing.tryLock()) {
            return false;
        }
        try {
            if (readable != null) {
                readable.close();
                readable = null;
            }
            channel.configureBlocking(true);
            return true;
        } finally {
            writing.unlock();
        }
    }

    private int readWithin(int millis, ByteBuffer buffer) throws IOException {
        unblock();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        int n = channel.read(buffer);
        while (n == 0) {
            long left = millis == 0 ? 0 : Math.ceilDiv(end - System.nanoTime(), 1_000_000L);
            if (left < 0 || left == 0 && millis != 0) {
                throw new SocketTimeoutException("Read timed out");
            }
            await(readable, left);
            n = channel.read(buffer);
        }
        return n;
    }

    private void unblock() throws IOException {
        if (channel.isBlocking()) {
            channel.configureBlocking(false);
        }
        if (readable == null) {
            readable = Selector.open();
            channel.register(readable, SelectionKey.OP_READ);
        }
    }

    private void writeAll(ByteBuffer buffer) throws IOException {
        channel.write(buffer);
        while (buffer.hasRemaining()) {
            awaitWritable();
            channel.write(buffer);
        }
    }

    /** Seldom: only with a time limit set, and the kernel's buffer full. */
    private void awaitWritable() throws IOException {
        try (var writable = Selector.open()) {
            channel.register(writable, SelectionKey.OP_WRITE);
            while (channel.isOpen() && writable.select(100) == 0) {
                stopIfInterrupted();
            }
        }
    }

    private void await(Selector selector, long millis) throws IOException {
        selector.select(millis);
        selector.selectedKeys().clear();
        stopIfInterrupted();
    }

    /** A selector returns at once for an interrupted thread; a blocking channel closes. Here they are the same. */
    private void stopIfInterrupted() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            close();
            throw new ClosedByInterruptException();
        }
    }
}
