package io.countersign.server.campaign;

import io.countersign.server.platform.Names;
import io.countersign.server.template.Filling;
import io.countersign.server.template.Filling.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The links of a text that nobody receives: those that would do something lead nowhere, and nothing is counted. */
final class PreviewLinks implements Filling.Links {
    private final List<Link> links = new ArrayList<>();

    /** @param does what following it would do; {@code open} for a link to elsewhere */
    record Link(int number, String does, String url) {}

    /** Those that were asked for, in this order. */
    List<Link> links() {
        return links.stream().distinct().toList();
    }

    @Override
    public String plain(int number, String url) {
        links.add(new Link(number, "open", url));
        return url;
    }

    @Override
    public String acting(Act act, int number, String landing) {
        links.add(new Link(number, Names.of(act), landing));
        return "#" + Names.of(act);
    }

    @Override
    public String vote(String answer) {
        links.add(new Link(0, "vote", answer));
        return "#vote";
    }

    @Override
    public Optional<String> openPicture() {
        return Optional.empty();
    }
}
