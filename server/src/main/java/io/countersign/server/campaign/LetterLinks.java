package io.countersign.server.campaign;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.MessageLink;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.template.Filling;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** The addresses that the links of one message lead to: each signed, and good only for what it stands beside. */
record LetterLinks(Signing signing, ProjectId project, UUID message, Tracks tracks) implements Filling.Links {
    /** @param publicUrl where links in messages lead */
    record Signing(SignedLinks links, URI publicUrl) {}

    /** What is counted. */
    record Tracks(boolean opens, boolean clicks) {}

    @Override
    public String plain(int number, String url) {
        return tracks.clicks() ? bound("/t/", LinkKind.CLICK, number, "to", url) : url;
    }

    @Override
    public String acting(Filling.Act act, int number, String landing) {
        LinkKind kind = switch (act) {
            case CONFIRM_CHANNEL -> LinkKind.CONFIRM_CHANNEL;
            case CONFIRM_TOPIC -> LinkKind.CONFIRM_TOPIC;
            case UNSUBSCRIBE_CHANNEL -> LinkKind.UNSUBSCRIBE_CHANNEL;
            case UNSUBSCRIBE_TOPIC -> LinkKind.UNSUBSCRIBE_TOPIC;
            case PREFERENCES -> LinkKind.PREFERENCES;
            case VIEW -> LinkKind.VIEW;
        };
        String page = switch (act) {
            case CONFIRM_CHANNEL, CONFIRM_TOPIC -> "/c/";
            case UNSUBSCRIBE_CHANNEL, UNSUBSCRIBE_TOPIC -> "/u/";
            case PREFERENCES -> "/p/";
            case VIEW -> "/m/";
        };
        return landing.isEmpty() ? address(page) + text(kind, number) : bound(page, kind, number, "to", landing);
    }

    @Override
    public String vote(String answer) {
        return bound("/v/", LinkKind.VOTE, 0, "answer", answer);
    }

    @Override
    public Optional<String> openPicture() {
        return tracks.opens() ? Optional.of(address("/t/") + text(LinkKind.OPEN, 0) + ".gif") : Optional.empty();
    }

    /** The secret that a page of the customer's own posts. */
    String ticket() {
        return text(LinkKind.TICKET, 0);
    }

    private String bound(String page, LinkKind kind, int number, String name, String value) {
        return address(page) + signing.links().text(new MessageLink(project, kind, message, number), value) + "?" + name
                + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String text(LinkKind kind, int number) {
        return signing.links().text(new MessageLink(project, kind, message, number));
    }

    private String address(String page) {
        return signing.publicUrl() + page;
    }
}
