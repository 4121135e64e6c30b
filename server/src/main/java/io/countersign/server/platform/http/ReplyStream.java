package io.countersign.server.platform.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * The body of a streamed answer. Buffered: {@link #flush()} sends what was written. A client that is gone is
 * noticed when writing, so a stream with long pauses should write something (a comment line in an event
 * stream) every few seconds.
 */
public final class ReplyStream extends OutputStream {

    private final OutputStream out;
    private final BooleanSupplier closing;

    ReplyStream(OutputStream out, BooleanSupplier closing) {
        this.out = out;
        this.closing = closing;
    }

    /** False once the server is shutting down: an endless stream should then end by itself. */
    public boolean open() {
        return !closing.getAsBoolean();
    }

    /** Sends an event of an event stream ({@code text/event-stream}) at once. */
    public void event(String name, String data) throws IOException {
        StringBuilder text = new StringBuilder("event: ").append(oneLine(name)).append('\n');
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        write(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        flush();
    }

    /**
     * Sends a comment of an event stream at once: keeps the connection alive, and notices that the client is
     * gone.
     */
    public void heartbeat() throws IOException {
        write(":\n\n".getBytes(StandardCharsets.US_ASCII));
        flush();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (RuntimeException e) {
            throw new ClientGoneException(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (RuntimeException e) {
            throw new ClientGoneException(e);
        }
    }

    private static String oneLine(String name) {
        return name.replaceAll("[\\r\\n]", " ");
    }
}
