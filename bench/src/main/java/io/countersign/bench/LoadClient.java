package io.countersign.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Keeps connections busy with requests, one under way on each. One thread and no parsing beyond the length
 * of the answer: the client shares the cores with what it measures.
 */
final class LoadClient {
    private static final byte[] LENGTH = "\r\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final int port;
    private final int connections;

    LoadClient(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /** Sends requests until the time is over or there are none left (null), and waits for the answers. */
    Round run(Supplier<byte[]> requests, Duration time) throws IOException {
        var round = new Rounds();
        try (var selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                open(selector);
            }
            round.begin();
            int busy = 0;
            for (var key : selector.keys()) {
                busy += send(key, requests) ? 1 : 0;
            }
            while (busy > 0) {
                if (selector.select(10_000) == 0) {
                    throw new IOException("no answer within 10 s");
                }
                for (var key : selector.selectedKeys()) {
                    busy -= answered(key, round, round.lasts(time) ? requests : () -> null);
                }
                selector.selectedKeys().clear();
            }
            round.end();
            for (var key : selector.keys()) {
                key.channel().close();
            }
        }
        return round.result();
    }

    private void open(Selector selector) throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Conversation());
    }

    private static boolean send(SelectionKey key, Supplier<byte[]> requests) throws IOException {
        byte[] request = requests.get();
        if (request == null) {
            return false;
        }
        var conversation = (Conversation) key.attachment();
        conversation.in.clear();
        conversation.sentAt = System.nanoTime();
        var bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            ((SocketChannel) key.channel()).write(bytes);
        }
        return true;
    }

    /** Reads on; with the whole answer there, sends the next. Answers 1 when this connection is done. */
    private static int answered(SelectionKey key, Rounds round,
            Supplier<byte[]> requests) throws IOException {
        var conversation = (Conversation) key.attachment();
        if (((SocketChannel) key.channel()).read(conversation.in) < 0) {
            throw new EOFException("the server closed a connection");
        }
        if (!conversation.isComplete()) {
            return 0;
        }
        round.add(conversation.status(), System.nanoTime() - conversation.sentAt);
        return send(key, requests) ? 0 : 1;
    }

    private static final class Conversation {
        private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);
        private long sentAt;

        boolean isComplete() {
            int head = find(END, in.position());
            if (head < 0) {
                return false;
            }
            int at = find(LENGTH, head + 2);
            int length = 0;
            for (int i = at + LENGTH.length; at >= 0 && in.get(i) != '\r'; i++) {
                length = length * 10 + in.get(i) - '0';
            }
            return in.position() >= head + END.length + length;
        }

        int status() {
            return (in.get(9) - '0') * 100 + (in.get(10) - '0') * 10 + in.get(11) - '0';
        }

        /** Letters are compared without regard to case; the pattern is in lower case. */
        private int find(byte[] pattern, int end) {
            for (int i = 0; i <= end - pattern.length; i++) {
                int k = 0;
                while (k < pattern.length && lower(in.get(i + k)) == pattern[k]) {
                    k++;
                }
                if (k == pattern.length) {
                    return i;
                }
            }
            return -1;
        }

        private static int lower(byte letter) {
            return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
        }
    }

    /** Counts one round. */
    private static final class Rounds {
        private final long[] nanos = new long[4_000_000];
        private int count;
        private int failed;
        private long began;
        private long ended;

        void begin() {
            began = System.nanoTime();
        }

        boolean lasts(Duration time) {
            return System.nanoTime() - began < time.toNanos();
        }

        void add(int status, long took) {
            failed += status == 200 ? 0 : 1;
            nanos[count++ % nanos.length] = took;
        }

        void end() {
            ended = System.nanoTime();
        }

        Round result() {
            return Round.of(nanos, count, failed, ended - began);
        }
    }
}
