package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignState;
import io.countersign.server.campaign.CampaignCheck.Around;
import io.countersign.server.offer.OfferStore;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Topic;
import io.countersign.server.template.Content;
import io.countersign.server.template.InvalidTemplate;
import io.countersign.server.template.Template;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the texts of a campaign, and what they and its audience name, for {@link CampaignCheck}. */
final class GroundStore {
    private GroundStore() {}

    /** What a check looks at. */
    record Ground(CampaignTexts texts, Around around) {}

    /** For the campaign as a whole. */
    static Ground of(Tx tx, Campaigns.Parts parts, Campaign campaign) throws SQLException {
        CampaignTexts texts = CampaignStore.texts(tx, campaign);
        return new Ground(texts, around(tx, parts, campaign, texts.texts().values()));
    }

    /** The same for one that is finished; nothing for a draft, which need not be fit. */
    static Optional<Ground> ofFinished(Tx tx, Campaigns.Parts parts, Campaign campaign) throws SQLException {
        return campaign.state() == CampaignState.DRAFT ? Optional.empty() : Optional.of(of(tx, parts, campaign));
    }

    /** For some of its texts: to know all would take as long as to compile all. */
    static Around around(Tx tx, Campaigns.Parts parts, Campaign campaign, Collection<Content> texts)
            throws SQLException {
        Catalog catalog = parts.catalogs().current();
        Brand brand = catalog.brand(campaign.project(), campaign.scope().brand()).orElseThrow();
        Set<String> pools = texts.stream().flatMap(text -> pools(text, parts.templates()))
                .collect(Collectors.toSet());
        return new Around(brand, catalog.topics(campaign.project(), brand.id()).stream().map(Topic::slug)
                .collect(Collectors.toSet()), AskedPollStore.answers(tx, campaign),
                OfferStore.pools(tx, campaign.project(), pools), CampaignStore.named(tx, campaign.project(),
                Audience.stored(campaign.settings().audience()).campaigns()));
    }

    private static Stream<String> pools(Content text, Function<Content, Template> templates) {
        try {
            return templates.apply(text).needs().offers().pools().stream();
        } catch (InvalidTemplate _) {
            return Stream.empty(); // which is told by itself
        }
    }
}
