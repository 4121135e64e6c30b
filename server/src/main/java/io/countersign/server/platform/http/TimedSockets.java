package io.countersign.server.platform.http;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Socket options of which the read timeout has an effect. Helidon 4.5.0 sets the options of a connection on
 * its channel, and a channel has no read timeout, so that {@link SocketOptions#readTimeout()} is ignored and
 * a silent client stays for ever. It is set on the channel's socket here; the toolkit then has to read
 * through the socket ({@code useNio(false)}).
 */
record TimedSockets(SocketOptions options) implements SocketOptions {

    @Override
    public void configureSocket(SocketChannel channel) {
        options.configureSocket(channel);
        try {
            channel.socket().setSoTimeout((int) options.readTimeout().toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
