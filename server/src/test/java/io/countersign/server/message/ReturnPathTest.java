package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.dkim.Algorithm;
import io.countersign.server.dkim.DkimKeys;
import io.countersign.server.dkim.DkimPair;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.MessageLink;
import io.countersign.server.link.SignedLinks;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.james.jdkim.DKIMVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom mails come from: the envelope, and the signature of the brand's domain. */
class ReturnPathTest {
    private final Sending sending = new Sending();
    private final SignedLinks links = new SignedLinks(sending.node.secrets);

    @AfterEach
    void close() {
        sending.close();
    }

    private void setReturnDomain() {
        sending.node.provision("""
                projects:
                  - slug: acme
                    brands: [ { slug: shop, return_domain: bounce.acme.test } ]
                """);
    }

    private ReceivedMail sendOne() {
        sending.apply(sending.customer("ann@example.com"), sending.message(ContactType.EMAIL,
                sending.text("Hi", "<p>Hi</p>", "Hi")));
        try (var _ = sending.dispatch()) {
            sending.awaitDone();
        }
        return sending.smtp.mails().getLast();
    }

    @Test
    void withoutAReturnDomainBouncesGoToTheSender() {
        assertThat(sendOne().mailFrom()).isEqualTo("hello@acme.test");
    }

    @Test
    void withAReturnDomainTheEnvelopeNamesTheMessage() {
        setReturnDomain();
        String[] parts = sendOne().mailFrom().split("@");
        assertThat(parts[1]).isEqualTo("bounce.acme.test");
        assertThat(links.readAddress(parts[0])).contains(new MessageLink(sending.project, LinkKind.RETURN,
                UUID.fromString(sending.one("select message_id from messages")), 0));
    }

    @Test
    void aTransactionalMailIsSignedByTheKeyOfItsBrand() throws Exception {
        var keys = new DkimKeys(sending.node.database, sending.node.secrets, sending.node.catalogs, sending.node.clock);
        var brand = sending.node.catalogs.current().brand(sending.project, "shop").orElseThrow();
        var key = keys.add(brand, new DkimKeys.Name("acme.test", "s1"), DkimPair.make(Algorithm.RSA_SHA256), "test")
                .orElseThrow();
        var verified = new DKIMVerifier((_, selector, domain) -> {
            assertThat(selector + "._domainkey." + domain).isEqualTo(key.id());
            return List.of(key.record());
        }).verify(new ByteArrayInputStream(sendOne().bytes()));
        assertThat(verified).hasSize(1);
    }

    @Test
    void aKeyOfAnotherDomainThanTheSendersSignsNothing() {
        var keys = new DkimKeys(sending.node.database, sending.node.secrets, sending.node.catalogs, sending.node.clock);
        var brand = sending.node.catalogs.current().brand(sending.project, "shop").orElseThrow();
        keys.add(brand, new DkimKeys.Name("other.test", "s1"), DkimPair.make(Algorithm.ED25519_SHA256), "test");
        assertThat(keys.signers(brand, "acme.test")).isEmpty();
        assertThat(keys.signers(brand, "mail.other.test")).hasSize(1);
    }

    @Test
    void aCampaignsMailSaysHowToLeaveByPageAndByMail() {
        setReturnDomain();
        var brand = sending.node.catalogs.current().brand(sending.project, "shop").orElseThrow();
        var leave = new MessageLink(sending.project, LinkKind.UNSUBSCRIBE_CHANNEL, new UUID(1, 2), 0);
        var headers = new ListHeaders(links, URI.create("https://mail.acme.test"))
                .of(leave, new ListHeaders.Mailing(brand, Optional.empty(), 7)).values();
        assertThat(headers).containsEntry("List-Unsubscribe", "<https://mail.acme.test/u/" + links.text(leave)
                + ">, <mailto:" + links.address(leave) + "@bounce.acme.test?subject=unsubscribe>")
                .containsEntry("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
                .containsEntry("List-Id", "<shop.acme.test>")
                .containsEntry("Feedback-ID", "7:shop:campaign:countersign");
    }
}
