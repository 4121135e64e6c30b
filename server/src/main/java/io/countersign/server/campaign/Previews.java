package io.countersign.server.campaign;

import io.countersign.domain.campaign.Split;
import io.countersign.domain.contact.ContactType;
import io.countersign.server.campaign.CampaignTexts.Chosen;
import io.countersign.server.offer.OfferStore;
import io.countersign.server.offer.PersonOffers;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.template.Filled;
import io.countersign.server.template.Filling;
import io.countersign.server.template.Needs;
import io.countersign.server.template.Template;
import io.countersign.server.text.TextParameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** A campaign's text as one customer would get it now. What would be a fault then is one here (CP6). */
final class Previews {
    /** What stands for codes and tickets, which are made or given out when a message is handed over. */
    static final String SAMPLE = "sample";

    private final Campaigns.Parts parts;

    Previews(Campaigns.Parts parts) {
        this.parts = parts;
    }

    /**
     * For whom, and which text.
     *
     * @param custom a JSON object, or the empty text
     */
    record Wanted(UUID customer, Optional<String> variant, Optional<String> language, String custom) {}

    /** The text, what its links would do, and what there is to think over. */
    record Shown(CampaignTexts.Key key, Filled filled, List<PreviewLinks.Link> links,
                 List<TextWarnings.Warning> warnings) {}

    /** Problems: no such text; a text that cannot be filled for this customer, with its faults. */
    Shown show(Campaigns.Whole whole, Wanted wanted) {
        Campaign campaign = whole.campaign();
        Brand brand = catalog().brand(campaign.project(), campaign.scope().brand()).orElseThrow();
        Filling.Person person = parts.database().with(tx ->
                PersonStore.person(tx, campaign.project(), wanted.customer()));
        Chosen chosen = choose(whole, wanted, person, brand);
        Template template = TextFaults.refusing(() -> parts.templates().apply(chosen.content()));
        var links = new PreviewLinks();
        Filling filling = new Filling(addressed(campaign, person, template.needs().secrets()),
                mail(campaign, brand, chosen.key().language()), offers(campaign, wanted, template.needs()),
                custom(wanted), links);
        return new Shown(chosen.key(), TextFaults.refusing(() -> template.fill(filling)), links.links(),
                warnings(campaign, chosen, template.needs()));
    }

    private List<TextWarnings.Warning> warnings(Campaign campaign, Chosen chosen, Needs needs) {
        CampaignCheck.Around around = parts.database().with(tx -> GroundStore.around(tx, parts, campaign,
                List.of(chosen.content())));
        return TextWarnings.of(campaign, needs, CampaignCheck.faults(campaign, chosen, around,
                parts.templates()));
    }

    private PersonOffers offers(Campaign campaign, Wanted wanted, Needs needs) {
        return needs.offers().isNothing() ? PersonOffers.NONE : parts.database().with(tx ->
                OfferStore.sampled(tx, campaign.project(), needs.offers(), OfferStore.find(tx, campaign.project(),
                        needs.offers(), List.of(wanted.customer()), parts.clock().instant())
                        .getOrDefault(wanted.customer(), PersonOffers.NONE), SAMPLE));
    }

    private static Chosen choose(Campaigns.Whole whole, Wanted wanted, Filling.Person person, Brand brand) {
        String variant = wanted.variant().orElseGet(() -> variant(whole.campaign(), wanted.customer()));
        if (wanted.language().isPresent()) {
            var key = new CampaignTexts.Key(variant, wanted.language().get());
            return Optional.ofNullable(whole.texts().texts().get(key)).map(content -> new Chosen(key, content))
                    .orElseThrow(Previews::noText);
        }
        String own = person.fields().get("language") instanceof String tag ? tag : null;
        return whole.texts().choose(variant, own, brand.language()).orElseThrow(Previews::noText);
    }

    /** The one that the customer would get: the winner, once there is one and the customer is of the rest. */
    private static String variant(Campaign campaign, UUID customer) {
        return campaign.test().map(test -> Split.variant(test.trial(), campaign.id(), customer)
                .orElseGet(() -> test.winner().orElse(test.trial().shares().firstKey()))).orElse(Campaign.ONLY);
    }

    private static ProblemException noText() {
        return new ProblemException(Problem.NOT_FOUND, "The campaign has no such text.", "variant");
    }

    private static Filling.Person addressed(Campaign campaign, Filling.Person person, Set<TextParameter> secrets) {
        Map<String, String> samples = new HashMap<>();
        secrets.forEach(secret -> samples.put(secret.parameterName(), SAMPLE));
        Optional<String> contact = CampaignSending.type(campaign) == ContactType.EMAIL ? person.email()
                : person.mobile();
        return new Filling.Person(person.firstName(), person.lastName(), person.email(), person.mobile(),
                person.fields(), person.externalIds(), contact.orElse(""), samples);
    }

    private Filling.Mail mail(Campaign campaign, Brand brand, String language) {
        return new Filling.Mail(parts.clock().instant(), catalog().project(campaign.project()).orElseThrow().timeZone(),
                language, campaign.slug(), campaign.named().utm().orElse(campaign.slug()), brand.name(),
                brand.face().postalAddress());
    }

    private static Map<String, Object> custom(Wanted wanted) {
        return wanted.custom().isEmpty() ? Map.of() : GivenStore.custom((ObjectNode) Json.parse(wanted.custom()));
    }

    private Catalog catalog() {
        return parts.catalogs().current();
    }
}
