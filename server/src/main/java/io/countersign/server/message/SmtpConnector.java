package io.countersign.server.message;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Opens connections: TCP, TLS, greeting, EHLO, login. Makes the sockets itself, so that a watchdog can close
 * them.
 */
final class SmtpConnector {
    private final SmtpSettings settings;
    private final SSLContext tls;

    SmtpConnector(SmtpSettings settings) {
        this.settings = settings;
        this.tls = TrustedCertificates.context(settings.tls().trusted());
    }

    /**
     * @param utf8 whether addresses may be UTF-8. Angus then declares every mail as SMTPUTF8, and a next
     *     hop without it would
     *     bounce ordinary mail: such a connection serves only mails that need it
     * @param deadline when the watchdog ends the attempt, on the scale of {@link System#nanoTime()}
     */
    SmtpConnection open(boolean utf8, SmtpWatchdog watchdog, long deadline) throws SmtpConnectException {
        var session = session(utf8);
        var login = settings.login();
        var transport = new SMTPTransport(session, new URLName("smtp", settings.host(), settings.port(), null,
                login.isGiven() ? login.user() : null, login.isGiven() ? login.password() : null));
        Socket socket = null;
        try {
            socket = dial(deadline);
            watchdog.guard(socket, deadline);
            transport.connect(settings.tls().mode() == SmtpTls.Mode.TLS ? encrypt(socket) : socket);
            requireLogin(transport);
            return new SmtpConnection(session, transport, socket);
        } catch (IOException | MessagingException | RuntimeException e) {
            if (socket != null) {
                SmtpWatchdog.abort(socket);
            }
            throw SmtpConnectException.of(transport, e);
        } finally {
            if (socket != null) {
                watchdog.release(socket);
            }
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

    /**
     * Names the address as configured: Angus checks the certificate after STARTTLS against the name of the
     * address.
     */
    private Socket connect(InetAddress address, int timeoutMillis) throws IOException {
        var named = InetAddress.getByAddress(settings.host(), address.getAddress());
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) settings.timeouts().reply().toMillis());
            socket.connect(new InetSocketAddress(named, settings.port()), timeoutMillis);
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

    /** Angus goes on without a login when the server offers none: then somebody else may be answering. */
    private void requireLogin(SMTPTransport transport) throws MessagingException {
        if (settings.login().isGiven() && !transport.supportsExtension("AUTH")
                && !transport.supportsExtension("AUTH=LOGIN")) {
            transport.close();
            throw new MessagingException("a login is configured but the server offers no AUTH");
        }
    }

    private Session session(boolean utf8) {
        var properties = new Properties();
        properties.put("mail.smtp.localhost", settings.ehloName());
        properties.put("mail.smtp.auth", String.valueOf(settings.login().isGiven()));
        properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        properties.put("mail.smtp.starttls.required",
                String.valueOf(settings.tls().mode() == SmtpTls.Mode.STARTTLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", tls.getSocketFactory());
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.mime.allowutf8", String.valueOf(utf8));
        return Session.getInstance(properties);
    }
}
