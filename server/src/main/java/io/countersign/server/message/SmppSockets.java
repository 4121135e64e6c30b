package io.countersign.server.message;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.ConnectionFactory;
import org.jsmpp.session.connection.socket.SocketConnection;

/** Connections to an SMS centre, in bounded time; where encrypted, with certificate and host name checked. */
final class SmppSockets implements ConnectionFactory {
    private final SmppSettings settings;
    private final int millis;

    SmppSockets(SmppSettings settings) {
        this.settings = settings;
        this.millis = (int) settings.timeouts().connect().toMillis();
    }

    @Override
    public Connection createConnection(String host, int port) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(millis);
            socket.connect(new InetSocketAddress(host, port), millis);
            return new SocketConnection(settings.tls().isPresent() ? encrypt(socket, settings.tls().get()) : socket);
        } catch (IOException e) {
            SmtpWatchdog.abort(socket);
            throw e;
        }
    }

    private Socket encrypt(Socket socket, SSLContext tls) throws IOException {
        var encrypted = (SSLSocket) tls.getSocketFactory().createSocket(socket, settings.host(), settings.port(), true);
        var parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        var done = new CountDownLatch(1);
        Thread.ofVirtual().name("smpp-handshake").start(() -> abortUnless(done, socket));
        try {
            encrypted.startHandshake();
            return encrypted;
        } finally {
            done.countDown();
        }
    }

    /** Timeouts of reads alone do not bound a handshake that drips. */
    private void abortUnless(CountDownLatch done, Socket socket) {
        try {
            if (!done.await(millis, TimeUnit.MILLISECONDS)) {
                SmtpWatchdog.abort(socket);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
