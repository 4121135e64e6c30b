package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.server.message.HandOver.Accepted;
import io.countersign.server.message.HandOver.Deferred;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Centres that are not what they should be, and who is let through TLS. */
final class SmppHostileTest {
    private static final OutgoingSms SMS =
            new OutgoingSms(UUID.nameUUIDFromBytes(new byte[] {1}), "ACME", "+4915112345678", "x");
    private static final Duration REPLY = Duration.ofSeconds(2);
    private static final SmppTimeouts TIMEOUTS = new SmppTimeouts(Duration.ofSeconds(5), REPLY, Duration.ofSeconds(20),
            Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMillis(50));

    /** What is answered to the bind, as whole numbers of 32 bits: length, command, status, sequence. */
    @ParameterizedTest(name = "a bind answered with {0}")
    @ValueSource(strings = {
        "2147483647 -2147483639 0 1",      // two GiB to come
        "-1 -2147483639 0 1",              // a negative length
        "4 0 0 0",                         // shorter than a header
        "16 -2147483644 0 1",              // as if it were the answer to a submit
        "16 -2147483648 3 1",              // generic_nack
        "16 1111111111 0 1",               // no command of the protocol
        "1213486160 1212501068 1330594926 825110565",   // HTTP
    })
    void nonsenseIsDeferredInBoundedTimeAndMemory(String numbers) throws Exception {
        try (var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var provider = new SmppProvider(SmsSamples.settings(socket.getLocalPort(),
                        SmsSamples.timeouts(Duration.ofMillis(500), REPLY)))) {
            Thread.ofVirtual().start(() -> answer(socket, numbers));
            long begun = System.nanoTime();
            assertThat(provider.handOver(SMS)).isInstanceOf(Deferred.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void aCentreThatOnlySaysNoMeansTheStatusThatItSays() throws Exception {
        try (var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var provider = new SmppProvider(settings(socket.getLocalPort(), Optional.empty()))) {
            String bound = "20 -2147483639 0 1 1094795520";   // by the name of AAA
            Thread.ofVirtual().start(() -> answer(socket, bound, "16 -2147483648 88 2"));
            assertThat(provider.handOver(SMS)).isInstanceOfSatisfying(Deferred.class,
                    deferred -> assertThat(deferred.reply().code()).isEqualTo(0x58));
        }
    }

    @Test
    void nothingIsReservedForALengthThatIsOnlyClaimed() throws Exception {
        var reader = new SmppReader();
        assertThat(reader.readPDUHeader(header(SmppReader.LONGEST)).getCommandLength()).isEqualTo(SmppReader.LONGEST);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> reader.readPDUHeader(header(SmppReader.LONGEST + 1)));
    }

    private static DataInputStream header(int length) {
        return new DataInputStream(new ByteArrayInputStream(
                ByteBuffer.allocate(16).putInt(length).putInt(5).putInt(0).putInt(1).array()));
    }

    /** Answers each request with the next of the answers. */
    private static void answer(ServerSocket socket, String... answers) {
        try (var connection = socket.accept()) {
            var in = new DataInputStream(connection.getInputStream());
            var out = new DataOutputStream(connection.getOutputStream());
            for (String numbers : answers) {
                in.skipNBytes(in.readInt() - 4);
                for (String number : numbers.split(" ")) {
                    out.writeInt(Integer.parseInt(number));
                }
                out.flush();
            }
            in.read();   // until the provider has had enough
        } catch (IOException e) {
            // The provider went away, as it should.
        }
    }

    @Test
    void onlyACentreWithATrustedCertificateOfItsNameIsSpokenTo(@TempDir Path directory) throws Exception {
        var right = TestCertificate.create(directory, "right", "ip:127.0.0.1");
        var misnamed = TestCertificate.create(directory, "misnamed", "dns:elsewhere.example.org");
        SSLContext trusting = TrustedCertificates.context(List.of(right.pem(), misnamed.pem()));
        try (var centre = SmsCentre.start(right.serverContext());
                var provider = new SmppProvider(settings(centre.port(), Optional.of(trusting)))) {
            assertThat(provider.handOver(SMS)).isInstanceOf(Accepted.class);
        }
        try (var centre = SmsCentre.start(right.serverContext());
                var provider = new SmppProvider(settings(centre.port(), Optional.of(SSLContext.getDefault())))) {
            assertThat(provider.handOver(SMS)).isInstanceOf(Deferred.class);
        }
        try (var centre = SmsCentre.start(misnamed.serverContext());
                var provider = new SmppProvider(settings(centre.port(), Optional.of(trusting)))) {
            assertThat(provider.handOver(SMS)).isInstanceOf(Deferred.class);
        }
    }

    @Test
    void aHandshakeThatNeverComesEndsInTime() throws Exception {
        try (var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var provider = new SmppProvider(new SmppSettings("127.0.0.1", socket.getLocalPort(),
                        Optional.of(SSLContext.getDefault()), new SmppLogin("acme", "secret", ""), SmppSource.BY_LOOK,
                        5, new SmppTimeouts(Duration.ofMillis(300), REPLY, REPLY, REPLY, REPLY, REPLY)))) {
            assertThat(provider.handOver(SMS)).isInstanceOf(Deferred.class);
        }
    }

    private static SmppSettings settings(int port, Optional<SSLContext> tls) {
        return new SmppSettings("127.0.0.1", port, tls, new SmppLogin("acme", "secret", ""), SmppSource.BY_LOOK, 5,
                TIMEOUTS);
    }
}
