package io.countersign.server.platform.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;

/**
 * Feeds large chunks to the toolkit in pieces. Helidon 4.5 takes a whole chunk of a chunked body into memory
 * before a handler sees its first byte, up to 2 GiB, so that one client could use up the heap. Its calls for
 * a chunk are: a line with the size, a buffer of that size, two bytes of line end. Here a chunk of a megabyte
 * is told as many small ones; the line ends between the pieces are not on the wire, so skipping them does
 * nothing.
 */
final class ChunkReader extends DataReader {

    private static final int PIECE = 64 * 1024;
    /**
     * Longest line with the size of a chunk: sixteen digits are more than any size, extensions are refused.
     */
    private static final int MAX_LINE = 16;

    private boolean inChunks;
    private long left;
    private boolean atPieceEnd;

    // Helidon 5 means to close this class to subclasses; until then there is no other place to do this.
    @SuppressWarnings("removal")
    ChunkReader(Wire wire) {
        super(wire);
    }

    /** What comes now is a body, in chunks or not. */
    void bodyBegins(boolean chunked) {
        inChunks = chunked;
        left = 0;
        atPieceEnd = false;
    }

    void requestEnds() {
        inChunks = false;
    }

    @Override
    public String readLine() throws IncorrectNewLineException {
        if (!inChunks) {
            return super.readLine();
        }
        if (left == 0) {
            String line = readShortLine();
            if (!line.matches("[0-9A-Fa-f]{1,15}") || Long.parseLong(line, 16) == 0) {
                // The last chunk, whose end the toolkit reads itself; or no size, which it refuses.
                inChunks = !line.matches("0+");
                return line;
            }
            left = Long.parseLong(line, 16);
        }
        return Long.toHexString(Math.min(left, PIECE));
    }

    @Override
    public BufferData readBuffer(int length) {
        BufferData piece = super.readBuffer(length);
        if (inChunks) {
            left -= length;
            atPieceEnd = left > 0;
        }
        return piece;
    }

    @Override
    public void skip(int length) {
        if (inChunks && atPieceEnd) {
            atPieceEnd = false;
            return;
        }
        super.skip(length);
    }

    private String readShortLine() {
        int length = findNewLine(MAX_LINE + 1);
        if (length > MAX_LINE) {
            return "not a size";
        }
        String line = readAsciiString(length);
        super.skip(2);
        return line;
    }
}
