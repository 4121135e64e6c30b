package io.countersign.server.platform.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/**
 * A socket, as the driver wants one, over a unix-domain socket; whatever address it is told to connect to.
 */
final class UnixSocket extends Socket {

    private final UnixDomainSocketAddress address;
    private final SocketChannel channel;
    private final UnixSocketTransfer transfer;

    UnixSocket(UnixDomainSocketAddress address) throws IOException {
        this.address = address;
        this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        this.transfer = new UnixSocketTransfer(channel);
    }

    /**
     * A local connect either succeeds at once or is refused; it waits only while the server's queue is full.
     */
    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
        transfer.connect(address);
    }

    @Override
    public void connect(SocketAddress ignored) throws IOException {
        connect(ignored, 0);
    }

    @Override
    public void bind(SocketAddress ignored) {
        // A client needs no name.
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return transfer.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return transfer.read(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                UnixSocket.this.close();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                transfer.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                UnixSocket.this.close();
            }
        };
    }

    @Override
    public void setSoTimeout(int millis) {
        transfer.timeout(millis);
    }

    @Override
    public int getSoTimeout() {
        return transfer.timeout();
    }

    /** Unblocks whoever reads or writes. */
    @Override
    public void close() throws IOException {
        transfer.close();
    }

    @Override
    public void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public boolean isBound() {
        return channel.isConnected();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public SocketChannel getChannel() {
        return channel;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return address;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return UnixDomainSocketAddress.of("");
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // There is no Nagle here.
    }

    @Override
    public boolean getTcpNoDelay() {
        return true;
    }

    @Override
    public void setKeepAlive(boolean on) {
        // The kernel knows when a local peer is gone.
    }

    @Override
    public boolean getKeepAlive() {
        return false;
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {
        // What was written is with the peer already.
    }

    @Override
    public void setReceiveBufferSize(int size) throws SocketException {
        set(StandardSocketOptions.SO_RCVBUF, size);
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        return get(StandardSocketOptions.SO_RCVBUF);
    }

    @Override
    public void setSendBufferSize(int size) throws SocketException {
        set(StandardSocketOptions.SO_SNDBUF, size);
    }

    @Override
    public int getSendBufferSize() throws SocketException {
        return get(StandardSocketOptions.SO_SNDBUF);
    }

    @Override
    public String toString() {
        return "UnixSocket[" + address + "]";
    }

    private void set(SocketOption<Integer> option, int value) throws SocketException {
        try {
            channel.setOption(option, value);
        } catch (IOException refused) {
            throw socketException(refused);
        }
    }

    private int get(SocketOption<Integer> option) throws SocketException {
        try {
            return channel.getOption(option);
        } catch (IOException refused) {
            throw socketException(refused);
        }
    }

    private static SocketException socketException(IOException cause) {
        var wrapped = new SocketException(cause.getMessage());
        wrapped.initCause(cause);
        return wrapped;
    }
}
