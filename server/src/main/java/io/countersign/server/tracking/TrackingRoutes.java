package io.countersign.server.tracking;

import io.countersign.server.link.LinkKind;
import io.countersign.server.link.MessageEvent;
import io.countersign.server.link.MessageLink;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.link.Visits;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.platform.pages.ContentPolicy;
import java.net.URI;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /t/{text}?to=URL}, which leads to the address that the link was signed with and to no other, and
 * {@code /t/{text}.gif}, an image of one pixel. Both answer without the database.
 */
public final class TrackingRoutes {
    private static final String IMAGE = ".gif";
    private static final Set<LinkKind> OPENS = EnumSet.of(LinkKind.OPEN);
    private static final Set<LinkKind> CLICKS = EnumSet.of(LinkKind.CLICK);
    private static final byte[] PIXEL =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private final SignedLinks links;
    private final Visits visits;
    private final Readings readings;
    private final InstantSource clock;

    private TrackingRoutes(Parts parts) {
        this.links = parts.links();
        this.visits = parts.visits();
        this.readings = parts.readings();
        this.clock = parts.clock();
    }

    /** What it is built from. */
    public record Parts(SignedLinks links, Visits visits, Readings readings, InstantSource clock) {}

    public static List<Route> routes(Parts parts) {
        var routes = new TrackingRoutes(parts);
        return List.of(Route.get("/t/{text}", "public", "A link of a message that leads elsewhere, or its image",
                routes::follow).withErrors(parts.visits().look().errors()));
    }

    private Reply follow(Request request) {
        String text = request.pathParam("text");
        return text.endsWith(IMAGE) ? open(request, text.substring(0, text.length() - IMAGE.length()))
                : click(request, text);
    }

    private Reply open(Request request, String text) {
        Optional<MessageLink> link = links.read(text).filter(read -> read.kind() == LinkKind.OPEN);
        if (link.isEmpty()) {
            return visits.unknown(request, OPENS);
        }
        note(request, link.get(), MessageEvent.Kind.OPEN, Optional.empty());
        return Reply.bytes(200, "image/gif", PIXEL);
    }

    private Reply click(Request request, String text) {
        String to = request.query("to").orElse("");
        Optional<MessageLink> link = links.read(text, to).filter(read -> read.kind() == LinkKind.CLICK)
                .filter(_ -> ContentPolicy.origin(to).isPresent());
        if (link.isEmpty()) {
            return visits.unknown(request, CLICKS);
        }
        note(request, link.get(), MessageEvent.Kind.CLICK, Optional.of(to));
        return Reply.redirect(302, URI.create(to).toASCIIString()).header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex");
    }

    private void note(Request request, MessageLink link, MessageEvent.Kind kind, Optional<String> detail) {
        readings.add(new Reading(link, kind, clock.instant(), detail, Fetches.client(request)));
    }
}
