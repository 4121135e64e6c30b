package io.countersign.server.campaign;

import io.countersign.domain.project.TopicId;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.http.Json;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Topic;
import io.countersign.server.template.Content;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Campaigns as {@code /v1} shows them. */
final class CampaignDocuments {
    private static final Comparator<CampaignTexts.Key> ORDER = Comparator.comparing(CampaignTexts.Key::variant)
            .thenComparing(CampaignTexts.Key::language);

    private CampaignDocuments() {}

    /** Without its texts. */
    static ObjectNode brief(Catalog catalog, Campaign campaign) {
        Campaign.Scope scope = campaign.scope();
        Campaign.Settings settings = campaign.settings();
        ObjectNode document = Json.object().put("slug", campaign.slug()).put("name", campaign.named().name())
                .put("kind", Names.of(scope.kind())).put("state", Names.of(campaign.state()))
                .put("brand", catalog.brand(campaign.project(), scope.brand()).map(Brand::slug).orElse(null))
                .put("channel", Names.of(scope.channel())).put("topic", topic(catalog, campaign))
                .put("profile", scope.profile().slug()).put("utm", campaign.named().utm().orElse(null));
        document.set("audience", Json.parse(settings.audience()));
        document.set("test", campaign.test().map(CampaignDocuments::test).orElse(null));
        document.put("landing_url", settings.landingUrl().orElse(null)).put("tracks_opens", settings.tracksOpens())
                .put("tracks_clicks", settings.tracksClicks()).put("send_at", at(settings.sendAt()));
        Campaign.Life life = campaign.life();
        return document.put("created_by", life.createdBy()).put("created_at", life.createdAt().toString())
                .put("changed_at", life.changedAt().toString()).put("ready_at", at(life.readyAt()))
                .put("started_at", at(life.startedAt())).put("done_at", at(life.doneAt()));
    }

    static ObjectNode complete(Catalog catalog, Campaigns.Whole whole) {
        ObjectNode document = brief(catalog, whole.campaign()).put("poll", whole.poll().orElse(null));
        var contents = document.putArray("contents");
        whole.texts().texts().keySet().stream().sorted(ORDER)
                .forEach(key -> contents.add(text(key, whole.texts().texts().get(key))));
        return document;
    }

    static ObjectNode text(CampaignTexts.Key key, Content content) {
        ObjectNode document = Json.object().put("variant", key.variant()).put("language", key.language());
        return switch (content.format()) {
            case TEXT -> document.put("text", content.source());
            case HTML, MJML -> document.put("subject", content.subject()).put("preheader", content.preheader())
                    .put(Names.of(content.format()), content.source())
                    .put("text", content.text().isEmpty() ? null : content.text());
        };
    }

    private static ObjectNode test(Campaign.Test test) {
        ObjectNode document = TrialDocuments.document(test.trial()).put("winner", test.winner().orElse(null));
        return document.set("winner_basis", test.basis().map(Json::parse).orElse(null));
    }

    private static String topic(Catalog catalog, Campaign campaign) {
        Optional<TopicId> id = campaign.scope().topic();
        return id.flatMap(topic -> catalog.topic(campaign.project(), topic)).map(Topic::slug).orElse(null);
    }

    private static String at(Optional<Instant> moment) {
        return moment.map(Instant::toString).orElse(null);
    }
}
