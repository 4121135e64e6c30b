package io.countersign.server.message;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Opens connections: TCP, TLS, greeting, EHLO, login. Makes the sockets itself, so that a watchdog can close them. */
final class SmtpConnector {
    private final SmtpSettings settings;
    private final SmtpGreeting greeting;
    private final SSLContext tls;

    SmtpConnector(SmtpSettings settings) {
        this.settings = settings;
        this.greeting = new SmtpGreeting(settings);
        this.tls = TrustedCertificates.context(settings.tls().trusted());
    }

    /** @param deadline when the watchdog ends the attempt, on the scale of {@link System#nanoTime()} */
    SmtpConnection open(SmtpWatchdog watchdog, long deadline) throws SmtpConnectException {
        Socket socket = null;
        try {
            socket = dial(deadline);
            watchdog.guard(socket, deadline);
            return begin(socket);
        } catch (IOException | RuntimeException e) {
            abort(socket);
            throw new SmtpConnectException(e);
        } catch (SmtpConnectException | Error e) {
            abort(socket);
            throw e;
        } finally {
            if (socket != null) {
                watchdog.release(socket);
            }
        }
    }

    private SmtpConnection begin(Socket socket) throws IOException, SmtpConnectException {
        boolean encrypted = settings.tls().mode() == SmtpTls.Mode.TLS;
        var wire = new SmtpWire(encrypted ? encrypt(socket) : socket);
        SmtpGreeting.Offers offers = greeting.greet(wire);
        if (settings.tls().mode() == SmtpTls.Mode.STARTTLS) {
            greeting.beginTls(wire, offers);
            // A new reader: what came in clear behind the answer was not said by the server that shows its certificate.
            wire = new SmtpWire(encrypt(socket));
            offers = greeting.hello(wire);
        }
        greeting.login(wire, offers);
        return new SmtpConnection(wire, offers, socket);
    }

    private static void abort(Socket socket) {
        if (socket != null) {
            SmtpWatchdog.abort(socket);
        }
    }

    /** Tries the addresses of the host one after the other. */
    private Socket dial(long deadline) throws IOException {
        IOException last = new IOException("no address for " + settings.host());
        for (var address : InetAddress.getAllByName(settings.host())) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                break;
            }
            try {
                return connect(address, (int) Math.min(left, settings.timeouts().connect().toMillis()));
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private Socket connect(InetAddress address, int timeoutMillis) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) settings.timeouts().reply().toMillis());
            socket.connect(new InetSocketAddress(address, settings.port()), timeoutMillis);
            return socket;
        } catch (IOException e) {
            SmtpWatchdog.abort(socket);
            throw e;
        }
    }

    private Socket encrypt(Socket socket) throws IOException {
        var encrypted = (SSLSocket) tls.getSocketFactory()
                .createSocket(socket, settings.host(), settings.port(), true);
        var parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }
}
