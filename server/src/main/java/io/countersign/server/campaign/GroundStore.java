package io.countersign.server.campaign;

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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the texts of a campaign, and what they and its audience name, for {@link CampaignCheck}. */
final class GroundStore {
    private GroundStore() {}

    /** What a check looks at. */
    record Ground(CampaignTexts texts, Around around) {}

    static Ground of(Tx tx, Campaigns.Parts parts, Campaign campaign) throws SQLException {
        Catalog catalog = parts.catalogs().current();
        Brand brand = catalog.brand(campaign.project(), campaign.scope().brand()).orElseThrow();
        CampaignTexts texts = CampaignStore.texts(tx, campaign);
        Set<String> pools = texts.texts().values().stream().flatMap(text -> pools(text, parts.templates()))
                .collect(Collectors.toSet());
        return new Ground(texts, new Around(brand, catalog.topics(campaign.project(), brand.id()).stream()
                .map(Topic::slug).collect(Collectors.toSet()), AskedPollStore.answers(tx, campaign),
                OfferStore.pools(tx, campaign.project(), pools), CampaignStore.named(tx, campaign.project(),
                Audience.stored(campaign.settings().audience()).campaigns())));
    }

    private static Stream<String> pools(Content text, Function<Content, Template> templates) {
        try {
            return templates.apply(text).needs().offers().pools().stream();
        } catch (InvalidTemplate _) {
            return Stream.empty(); // which is told by itself
        }
    }
}
