package io.countersign.server.campaign;

import io.countersign.domain.subscription.Channel;
import io.countersign.server.project.BrandStore;
import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Campaigns over the API: a shop with senders and opt-in by email, one without opt-in, and another project. */
final class CampaignScene implements AutoCloseable {
    static final String UNSUBSCRIBABLE = "{\"subject\":\"News\",\"html\":\"<p>Hello</p>\"}";
    private static final String SENDERS = """
            projects:
              - slug: acme
                brands:
                  - { slug: shop, sender: { email: "Shop <shop@acme.test>", sms: ACME } }
                  - { slug: strict, sender: { email: "Strict <strict@acme.test>" } }
            """;

    final Api api = new Api();
    private final AtomicInteger made = new AtomicInteger();

    CampaignScene() {
        api.node.provision(SENDERS);
    }

    /** A new draft; answers its path. */
    String draft(String members) {
        String slug = "c" + made.incrementAndGet();
        Answer answer = api.post("/v1/campaigns", "{\"slug\":\"" + slug + "\",\"name\":\"One\"," + members + "}");
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.response().body());
        }
        return "/v1/campaigns/" + slug;
    }

    /** A campaign with one English text, ready to be used. */
    String ready(String members, String text) {
        String path = draft(members);
        put(path + "/contents/a/en", text);
        Answer answer = api.post(path + "/finish", "");
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.response().body());
        }
        return path;
    }

    Answer put(String path, String json) {
        return api.send(Api.OWNER, "PUT", path, json);
    }

    /** A customer by hand; answers the public id. */
    String customer(String email, String more) {
        return api.post("/v1/customers", "{\"contacts\":{\"email\":\"" + email + "\"}" + more + "}").text("id");
    }

    /** The paths of a brand's live opt-in campaigns by email. */
    List<String> optIns(String brand) {
        List<BrandStore.LiveCampaign> live = api.node.database.with(tx -> BrandStore.liveOptInCampaigns(tx, api.project,
                api.brand(brand).id(), Channel.EMAIL));
        return live.stream().map(one -> "/v1/campaigns/" + one.slug()).toList();
    }

    @Override
    public void close() {
        api.close();
    }
}
