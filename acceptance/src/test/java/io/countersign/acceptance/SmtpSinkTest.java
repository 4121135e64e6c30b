package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpSinkTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private final SmtpSink sink = SmtpSink.start(150);

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    void aMailOfAnOrdinaryClientIsKeptAndRefusalsAreAnswered() throws Exception {
        sink.refuse("nobody@example.com"::equals, "550 5.1.1 no such user");
        var text = ".\n..two\n" + "Grüße ".repeat(20_000) + "\n.";
        send("ann@example.com", "Grüße", text);
        assertThatThrownBy(() -> send("nobody@example.com", "s", "t"))
                .isInstanceOf(SendFailedException.class);
        var mail = sink.awaitMailsTo("ann@example.com", 1, SOON).getFirst();
        assertThat(mail.mailFrom()).isEqualTo("hello@acme.test");
        assertThat(mail.parsed().getSubject()).isEqualTo("Grüße");
        assertThat(((String) mail.parsed().getContent()).strip().replace("\r\n", "\n"))
                .isEqualTo(text.strip());
        assertThat(sink.mailsTo("nobody@example.com")).isEmpty();
        assertThat(sink.count()).isEqualTo(1);
    }

    @Test
    void mailsSentAheadAreCountedAndOnlySoManyAreKept() throws Exception {
        int mails = 2_000;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), sink.port())) {
            var reader = Thread.ofVirtual().start(() -> drain(socket));
            var batch = new ByteArrayOutputStream();
            batch.writeBytes("EHLO client.test\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < mails; i++) {
                batch.writeBytes(("MAIL FROM:<a@acme.test>\r\nRCPT TO:<u" + i + "@example.com>\r\nDATA\r\n"
                        + "Subject: " + i + "\r\n\r\n..\r\n" + "x".repeat(i % 300) + "\r\n.\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
            }
            socket.getOutputStream().write(batch.toByteArray());
            sink.awaitCount(mails, SOON);
            socket.shutdownOutput();
            reader.join();
        }
        assertThat(sink.mails()).hasSize(150);
        assertThat(new String(sink.mails().get(7).bytes(), StandardCharsets.US_ASCII))
                .isEqualTo("Subject: 7\r\n\r\n.\r\nxxxxxxx\r\n");
    }

    @Test
    void whatDoesNotArriveIsSaid() {
        assertThatThrownBy(() -> sink.awaitCount(1, Duration.ofMillis(20))).isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 mails");
    }

    private void send(String to, String subject, String text) throws MessagingException {
        var properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", String.valueOf(sink.port()));
        var message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("hello@acme.test"));
        message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject, "UTF-8");
        message.setText(text, "UTF-8");
        Transport.send(message);
    }

    private static void drain(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The sink is closed.
        }
    }
}
