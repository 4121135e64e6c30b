package io.countersign.server.platform.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import javax.net.SocketFactory;

/**
 * For the driver's {@code socketFactory}, with the path of a unix-domain socket as {@code socketFactoryArg}.
 */
public final class UnixSocketFactory extends SocketFactory {

    private final UnixDomainSocketAddress address;

    /** Called by the driver. */
    public UnixSocketFactory(String path) {
        address = UnixDomainSocketAddress.of(path);
    }

    @Override
    public Socket createSocket() throws IOException {
        return new UnixSocket(address);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        return connected();
    }

    private Socket connected() throws IOException {
        var socket = new UnixSocket(address);
        socket.connect(address);
        return socket;
    }
}
