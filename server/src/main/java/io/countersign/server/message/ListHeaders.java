package io.countersign.server.message;

import io.countersign.server.link.MessageLink;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Topic;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of a campaign's mail: how to leave with one press of a button (RFC 2369, RFC 8058), which list it is of
 * (RFC 2919), and what complaints are counted by.
 */
public final class ListHeaders {
    /** Of five to fifteen characters; the same in every mail that a domain signs. */
    private static final String SENDER = "countersign";

    private final SignedLinks links;
    private final URI publicUrl;
    private final Senders senders = new Senders();

    /** @param publicUrl where links in mails lead */
    public ListHeaders(SignedLinks links, URI publicUrl) {
        this.links = links;
        this.publicUrl = publicUrl;
    }

    /** What a mail is sent for. The brand has a sender for email. */
    public record Mailing(Brand brand, Optional<Topic> topic, int campaign) {}

    /**
     * The headers of one mail.
     *
     * @param leave the link that unsubscribes, from the channel or from the topic
     */
    public ExtraHeaders of(MessageLink leave, Mailing mailing) {
        Brand brand = mailing.brand();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("List-Unsubscribe", "<" + publicUrl + "/u/" + links.text(leave) + ">"
                + brand.sender().returnDomain().map(domain -> mailto(leave, domain)).orElse(""));
        headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        headers.put("List-Id", "<" + mailing.topic().map(topic -> topic.slug() + ".").orElse("") + brand.slug() + "."
                + senders.of(brand.sender().email().orElseThrow()).asciiDomain() + ">");
        headers.put("Feedback-ID", mailing.campaign() + ":" + brand.slug() + ":campaign:" + SENDER);
        return new ExtraHeaders(headers);
    }

    /** Some mail clients can only write a mail; its address says all. */
    private String mailto(MessageLink leave, String domain) {
        return ", <mailto:" + links.address(leave) + "@" + domain + "?subject=unsubscribe>";
    }
}
