package io.countersign.server.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.countersign.domain.contact.ContactType;
import io.countersign.server.link.LinkKind;
import io.countersign.server.platform.Ids;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mailboxes as a provisioning file names them: a Maildir, and one of a real IMAP server. */
final class MailboxesTest {
    private final FeedbackScene scene = new FeedbackScene();
    private final String email = "ann@example.org";
    private UUID customer;
    @TempDir
    private Path directory;

    @BeforeEach
    void meetSomebody() {
        customer = scene.customer(ContactType.EMAIL, email);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aMaildirIsReadOnceAndWhatCannotBeReadIsPutAside() throws IOException {
        for (String name : List.of("new", "cur", "tmp")) {
            Files.createDirectory(directory.resolve(name));
        }
        Files.writeString(directory.resolve("new/1.bounce"), bounce());
        Files.writeString(directory.resolve("new/2.poison"), "no headers, no mail");
        Files.write(directory.resolve("new/3.huge"), new byte[MailBlocks.LARGEST + 1]);
        scene.node.provision("projects: [ { slug: acme, feedback: { maildir: { path: \"%s\" } } } ]"
                .formatted(directory));
        scene.ways.mailboxes().read();
        assertThat(scene.invalid(email)).isEqualTo("no_such_address");
        assertThat(names("new")).isEmpty();
        assertThat(names("cur")).containsExactly("1.bounce:2,S");
        assertThat(names(".Unreadable/cur")).containsExactly("2.poison:2,S", "3.huge:2,S");
        assertThat(scene.unmatched()).containsExactly("mail mail unreadable", "mail mail unreadable");
    }

    @Test
    void aMailAtWhichTheServerFailsIsPutAsideWhateverTheFault() {
        var failures = new ArrayDeque<Error>(List.of(new StackOverflowError()));
        InstantSource failing = () -> {
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            return scene.node.clock.instant();
        };
        var taker = new MailTaker(new FeedbackMails(scene.ways.feedbacks(), scene.links,
                new Ids(scene.node.clock, new SecureRandom()), failing));
        byte[] mail = "Subject: hello\n\nNothing that came back".getBytes(StandardCharsets.UTF_8);
        assertThat(taker.take(scene.project, mail)).isFalse();
        assertThat(scene.unmatched()).containsExactly("mail mail unreadable");
        assertThat(taker.take(scene.project, mail)).isTrue();
    }

    @Test
    void aMaildirThatIsNotThereIsTriedAgain() throws IOException {
        scene.node.provision("projects: [ { slug: acme, feedback: { maildir: { path: \"%s\" } } } ]"
                .formatted(directory.resolve("later")));
        scene.ways.mailboxes().read();
        Files.createDirectories(directory.resolve("later/new"));
        Files.writeString(directory.resolve("later/new/1"), bounce());
        scene.ways.mailboxes().read();
        assertThat(scene.invalid(email)).isEqualTo("no_such_address");
    }

    @Test
    void aMailboxIsReadByImapAndMailsAreMarkedWhenTheyWereTaken() throws Exception {
        var imap = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        imap.start();
        try {
            GreenMailUser user = imap.setUser("bounces@acme.test", "bounces", "secret");
            user.deliver(mail(bounce()));
            user.deliver(mail("Subject: x\r\n" + "A: b\r\n".repeat(600) + "\r\n"));
            String setUp = """
                    projects: [ { slug: acme, feedback: { imap: { host: 127.0.0.1, port: %d, tls: none, user: bounces,
                      password: secret } } } ]""".formatted(imap.getImap().getPort());
            assertThat(scene.node.provision(setUp).toString()).doesNotContain("secret");
            scene.ways.mailboxes().read();
            assertThat(scene.invalid(email)).isEqualTo("no_such_address");
            assertThat(scene.unmatched()).containsExactly("mail mail unreadable");
            scene.ways.mailboxes().read();
            assertThat(scene.unmatched()).as("seen mails are not taken again").hasSize(1);
            List<Boolean> flagged = imap.getManagers().getImapHostManager().getInbox(user).getMessages().stream()
                    .map(stored -> stored.getFlags().contains(Flags.Flag.SEEN)
                            ? stored.getFlags().contains(Flags.Flag.FLAGGED) : null).toList();
            assertThat(flagged).containsExactly(false, true);
            assertThat(scene.one("select sealed::text || settings::text from feedback_mailboxes"))
                    .doesNotContain("secret");
        } finally {
            imap.stop();
        }
    }

    private String bounce() {
        UUID message = scene.message(customer, "shop", "email");
        return Mails.report(scene.address(LinkKind.RETURN, message), email, "failed", "5.1.1");
    }

    private static MimeMessage mail(String text) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
