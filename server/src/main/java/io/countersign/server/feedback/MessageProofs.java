package io.countersign.server.feedback;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.MessageLink;
import io.countersign.server.link.SignedLinks;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds in a mail what proves which message of ours it is about, and never a message of another project. */
final class MessageProofs {
    private static final List<String> RECIPIENTS =
            List.of("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc");
    private static final Pattern LOCAL_PART = Pattern.compile("(?<![A-Za-z0-9])([A-Za-z0-9]{30,62})@");
    private static final Pattern MESSAGE_ID = Pattern.compile(
            "<([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK = Pattern.compile("/u/([0-9a-z]{1,6}\\.[A-Za-z0-9_-]{47})>");
    /** Addresses that are tried of one header. */
    private static final int MOST = 20;

    private final SignedLinks links;
    private final ProjectId project;

    MessageProofs(SignedLinks links, ProjectId project) {
        this.links = links;
        this.project = project;
    }

    /** The address of ours that a mail was sent to. */
    Optional<MessageLink> addressed(MailBlock mail, Optional<String> envelope) {
        return Stream.concat(envelope.stream(), RECIPIENTS.stream().flatMap(name -> mail.all(name).stream()))
                .flatMap(this::inAddresses).findFirst();
    }

    /** The message that an envelope sender of ours stands for. */
    Optional<UUID> ofSender(String address) {
        return inAddresses(address).filter(link -> link.kind() == LinkKind.RETURN).map(MessageLink::message)
                .findFirst();
    }

    private Stream<MessageLink> inAddresses(String text) {
        return LOCAL_PART.matcher(text.contains("@") ? text : text + "@").results().limit(MOST)
                .flatMap(found -> links.readAddress(found.group(1)).stream())
                .filter(link -> link.project().equals(project));
    }

    /** The message whose own headers these are: as they were sent, or as they came back. */
    Optional<UUID> ofOriginal(MailBlock original) {
        return original.first("message-id").flatMap(MessageProofs::id)
                .or(() -> original.first("list-unsubscribe").flatMap(this::ofLink));
    }

    /** The message that a mail answers. */
    Optional<UUID> ofAnswer(MailBlock mail) {
        return Stream.of("in-reply-to", "references").flatMap(name -> mail.all(name).stream())
                .flatMap(value -> id(value).stream()).findFirst();
    }

    /** The message of a {@code Message-ID} of ours. */
    static Optional<UUID> id(String value) {
        return MESSAGE_ID.matcher(value).results().map(MatchResult::group).findFirst()
                .map(text -> UUID.fromString(text.substring(1, text.length() - 1)));
    }

    private Optional<UUID> ofLink(String header) {
        Matcher link = LINK.matcher(header);
        return link.find() ? links.read(link.group(1)).filter(read -> read.project().equals(project))
                .map(MessageLink::message) : Optional.empty();
    }
}
