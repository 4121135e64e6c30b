package io.countersign.server.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stream that is opened when it is first read. */
final class LazyStream extends InputStream {

    private final Supplier<InputStream> opener;
    private @Nullable InputStream in;

    LazyStream(Supplier<InputStream> opener) {
        this.opener = opener;
    }

    @Override
    public int read() throws IOException {
        return opened().read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return opened().read(bytes, offset, length);
    }

    private InputStream opened() {
        if (in == null) {
            in = opener.get();
        }
        return in;
    }
}
