package io.countersign.server.platform.http;

import java.io.IOException;

/** Writes the body of a streamed answer. */
@FunctionalInterface
public interface StreamWriter {

    /**
     * Writes the whole body; returning ends it.
     *
     * @throws IOException when the client went away: from a write or flush to {@code out}, to be passed on
     */
    void write(ReplyStream out) throws IOException, InterruptedException;
}
