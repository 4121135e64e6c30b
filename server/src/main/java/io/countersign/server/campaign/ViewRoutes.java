package io.countersign.server.campaign;

import io.countersign.server.campaign.CampaignTexts.Chosen;
import io.countersign.server.campaign.LetterLinks.Signing;
import io.countersign.server.campaign.LetterLinks.Tracks;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.LinkedMessage;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.link.Visit;
import io.countersign.server.link.Visits;
import io.countersign.server.offer.OfferStore;
import io.countersign.server.offer.PersonOffers;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.platform.pages.PageHeaders;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.template.Filled;
import io.countersign.server.template.Filling;
import io.countersign.server.template.InvalidTemplate;
import io.countersign.server.template.Template;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /m/{text}}: a campaign's mail in a browser. It is filled anew, so that nothing of it is kept; codes and
 * tickets are in the mail alone.
 */
public final class ViewRoutes {
    private static final Set<LinkKind> KINDS = EnumSet.of(LinkKind.VIEW);
    /** What stands where the mail had a secret. */
    private static final String HIDDEN = "******";

    private final Parts parts;

    private ViewRoutes(Parts parts) {
        this.parts = parts;
    }

    /** What it is built from. */
    public record Parts(Database database, Catalogs catalogs, CompiledTexts texts, SignedLinks links, Visits visits,
                        InstantSource clock) {}

    public static List<Route> routes(Parts parts) {
        var routes = new ViewRoutes(parts);
        return List.of(Route.get("/m/{text}", "public", "A mail in a browser", routes::show)
                .withErrors(parts.visits().look().errors()));
    }

    private Reply show(Request request) {
        return parts.visits().find(request, KINDS).map(Visit::message).flatMap(this::filled).map(Filled::html)
                .filter(html -> !html.isEmpty()).map(ViewRoutes::foreign)
                .orElseGet(() -> parts.visits().unknown(request, KINDS));
    }

    private static Reply foreign(String html) {
        Reply reply = Reply.html(html);
        for (Map.Entry<String, String> header : PageHeaders.FOREIGN_HTML.entrySet()) {
            reply = header.getKey().equals("Content-Type") ? reply : reply.header(header.getKey(), header.getValue());
        }
        return reply;
    }

    /** Empty when the campaign has no such text any more, or the customer no longer what it names. */
    private Optional<Filled> filled(LinkedMessage message) {
        return message.campaign().flatMap(id -> parts.database().with(
                tx -> CampaignStore.find(tx, message.project(), id))).flatMap(campaign -> filled(message, campaign));
    }

    private Optional<Filled> filled(LinkedMessage message, Campaign campaign) {
        Catalog catalog = parts.catalogs().current();
        Optional<Brand> brand = catalog.brand(message.project(), campaign.scope().brand());
        if (brand.isEmpty()) {
            return Optional.empty();
        }
        Filling.Person person = parts.database().with(
                tx -> PersonStore.person(tx, message.project(), message.customer()));
        String own = person.fields().get("language") instanceof String tag ? tag : null;
        Optional<Chosen> chosen = parts.database().with(tx -> CampaignStore.texts(tx, campaign))
                .choose(message.ofCampaign().flatMap(LinkedMessage.OfCampaign::variant).orElse(Campaign.ONLY), own,
                        brand.get().language());
        return chosen.flatMap(text -> fill(message, campaign, text, new Around(brand.get(), person)));
    }

    private record Around(Brand brand, Filling.Person person) {}

    private Optional<Filled> fill(LinkedMessage message, Campaign campaign, Chosen chosen, Around around) {
        try {
            Template template = parts.texts().of(chosen.content());
            Instant sent = message.sentAt().orElseGet(parts.clock()::instant);
            Map<String, String> hidden = new HashMap<>();
            template.needs().secrets().forEach(secret -> hidden.put(secret.parameterName(), HIDDEN));
            template.needs().authentications().forEach(secret -> hidden.put(secret.written(), HIDDEN));
            Filling.Person person = around.person();
            return Optional.of(template.fill(new Filling(new Filling.Person(person.firstName(), person.lastName(),
                    person.email(), person.mobile(), person.fields(), person.externalIds(), message.value(), hidden),
                    new Filling.Mail(sent, zone(message), chosen.key().language(), campaign.slug(),
                            campaign.named().utm().orElse(campaign.slug()), around.brand().name(),
                            around.brand().face().postalAddress()),
                    offers(message, template), custom(message),
                    new LetterLinks(new Signing(parts.links(), URI.create("")), message.project(), message.id(),
                            new Tracks(false, false)))));
        } catch (InvalidTemplate _) {
            return Optional.empty();
        }
    }

    private ZoneId zone(LinkedMessage message) {
        return parts.catalogs().current().project(message.project()).orElseThrow().timeZone();
    }

    private PersonOffers offers(LinkedMessage message, Template template) {
        return template.needs().offers().isNothing() ? PersonOffers.NONE : parts.database().with(tx ->
                OfferStore.find(tx, message.project(), template.needs().offers(), List.of(message.customer()),
                        parts.clock().instant())).getOrDefault(message.customer(), PersonOffers.NONE);
    }

    private Map<String, Object> custom(LinkedMessage message) {
        return parts.database().with(tx -> GivenStore.find(tx, message.project(), List.of(message.id())))
                .getOrDefault(message.id(), new GivenStore.Given(false, Map.of())).custom();
    }
}
