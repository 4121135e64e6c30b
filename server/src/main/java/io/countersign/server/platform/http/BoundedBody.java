package io.countersign.server.platform.http;

import java.io.IOException;
import java.io.InputStream;

/** The body of a request: never more than the route allows, and with failures that say what happened. */
final class BoundedBody extends InputStream {

    private final InputStream in;
    private final long limit;
    private long left;

    BoundedBody(InputStream in, long limit) {
        this.in = in;
        this.limit = limit;
        this.left = limit;
    }

    static ProblemException tooLarge(long limit) {
        return new ProblemException(Problem.BODY_TOO_LARGE, "The body may have at most " + limit + " bytes.");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        // One byte beyond the limit is asked for, to tell a body of exactly that size from a larger one.
        int count = readSome(bytes, offset, (int) Math.min(length, Math.max(left, 0) + 1));
        left -= Math.max(count, 0);
        if (left < 0) {
            throw tooLarge(limit);
        }
        return count;
    }

    private int readSome(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (RuntimeException e) {
            throw Wire.bodyFailure(e);
        }
    }
}
