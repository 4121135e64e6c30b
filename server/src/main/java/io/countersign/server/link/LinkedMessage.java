package io.countersign.server.link;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.Limits;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A message that a link stands in, with what its links need to know.
 *
 * @param customer whom it is about now: the survivor, where the one it was sent to has been merged
 * @param wording  the hash, in hexadecimal, of what the message showed, where that is kept
 * @param ended    when it was handed over or given up; empty as long as that is not known here
 */
public record LinkedMessage(UUID id, ProjectId project, BrandId brand, UUID customer, Address to,
                            Optional<OfCampaign> ofCampaign, Optional<Ended> ended, Optional<String> wording) {
    /** The end of its sending; what was given up may have arrived all the same. */
    public record Ended(Instant at, boolean sent) {}

    /** Where it was sent to. */
    public record Address(ContactType type, String value) {}

    /**
     * The campaign it belongs to.
     *
     * @param topic   that it is about; empty as well once the topic was deleted
     * @param variant of the text that it was sent with, where it is known
     * @param landing where a confirmation leads, instead of the page of ours; the campaign's own, or the brand's
     * @param test    whether it was sent to try the campaign out: its links show their pages, and do nothing
     * @param tracks  what is written down of its messages, by the campaign and its brand
     */
    public record OfCampaign(int id, Optional<TopicId> topic, Optional<String> variant, Optional<Integer> poll,
                             Optional<String> landing, Tracks tracks, boolean test) {}

    /** What is written down of people who read. */
    public record Tracks(boolean opens, boolean clicks) {}

    public ContactType type() {
        return to.type();
    }

    public String value() {
        return to.value();
    }

    /** When it was handed over; empty as long as that is not known here. */
    public Optional<Instant> sentAt() {
        return ended.filter(Ended::sent).map(Ended::at);
    }

    /**
     * Whether nothing is confirmed or proven by its links any more: like those of opt-in mails, they must not work when
     * they are found in an old mailbox. Those for leaving and for preferences have no end.
     */
    public boolean isPastConfirming(Instant now) {
        return ended.filter(end -> !now.isBefore(end.at().plus(Limits.DEFAULT.linkLife()))).isPresent();
    }

    public Optional<Integer> campaign() {
        return ofCampaign.map(OfCampaign::id);
    }

    public Optional<TopicId> topic() {
        return ofCampaign.flatMap(OfCampaign::topic);
    }

    /** Whether it went to somebody who tries the campaign out, with another person's text. */
    public boolean isTest() {
        return ofCampaign.filter(OfCampaign::test).isPresent();
    }

    /** The channel that it was sent on. */
    public Node channel() {
        return Node.of(sentOn());
    }

    /** The topic of its campaign under that channel, or the channel where it has none. */
    public Node node() {
        return topic().map(topic -> Node.of(sentOn(), topic)).orElseGet(this::channel);
    }

    private Channel sentOn() {
        return to.type() == ContactType.EMAIL ? Channel.EMAIL : Channel.SMS;
    }
}
