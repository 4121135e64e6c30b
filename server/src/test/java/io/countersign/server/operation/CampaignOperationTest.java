package io.countersign.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.operation.Endpoint.Answer;
import io.countersign.server.project.ProvisionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The step send-message with a campaign instead of a message of its own. */
final class CampaignOperationTest {
    private static final String OPERATIONS = """
            projects:
              - slug: acme
                brands: [ { slug: shop }, { slug: outlet } ]
                integrations:
                  - slug: website
                    operations:
                      - { name: Welcome, step: send-message, campaign: welcome }
                      - { name: Receipt, step: send-message, campaign: receipt, contact: non_primary }
                      - { name: Elsewhere, step: send-message, campaign: elsewhere }
            """;
    private static final String ANN = "{'customer':{'ids':{'crm':'ann'}}%s}";

    private static Endpoint api;

    @BeforeAll
    static void open() {
        api = new Endpoint();
        api.node.provision(OPERATIONS);
        api.call("Import", "{'customer':{'ids':{'crm':'ann'},'email':'ann@example.org',"
                + "'mobilePhone':'+4915112345678'}}");
        campaign("welcome", "automated", "sms", "ready");
        campaign("receipt", "automated", "email", "ready");
        campaign("elsewhere", "automated", "email", "draft");
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static void campaign(String slug, String kind, String channel, String state) {
        api.node.database.with(tx -> tx.update("""
                insert into campaigns (project_id, slug, name, brand_id, channel, kind, profile, state, created_by,
                                       created_at, changed_at)
                select project_id, ?, 'x', brand_id, ?, ?, 'standard', ?, 'test', now(), now()
                from brands where project_id = ? and slug = 'outlet'""", slug, channel, kind, state,
                api.project.value()));
    }

    /** The campaign says for which brand and by which channel, whatever the integration's brand is. */
    @Test
    void theCampaignIsQueuedWithWhatTheCallGivesAlong() {
        Answer answer = api.call("Welcome",
                ANN.formatted(",'smsMailing':{'customParameters':{'order':'A:1','lines':[{'n':2}]}}"));

        assertThat(answer.word()).isEqualTo("Success");
        assertThat(answer.text("message", "processingStatus")).isEqualTo("Accepted");
        assertThat(row("+4915112345678")).isEqualTo("campaign welcome outlet sms queued"
                + " {\"lines\": [{\"n\": 2}], \"order\": \"A:1\"}");
    }

    private static String row(String recipient) {
        return api.node.database.with(tx -> tx.one("""
                select concat_ws(' ', m.kind, c.slug, b.slug, m.channel, m.state, m.parameters) as line
                from messages m
                join campaigns c on c.project_id = m.project_id and c.campaign_id = m.campaign_id
                join brands b on b.project_id = m.project_id and b.brand_id = m.brand_id
                where m.project_id = ? and m.recipient = ?""", row -> row.text("line"), api.project.value(),
                recipient)).orElse("");
    }

    @Test
    void whatIsNotReadyOrNotThereIsNotSent() {
        assertThat(api.call("Elsewhere", ANN.formatted("")).status()).isGreaterThanOrEqualTo(400);
        assertThat(api.call("Receipt", ANN.formatted("")).status()).as("only transactional ones go to others")
                .isGreaterThanOrEqualTo(400);
        assertThat(api.call("Welcome", ANN.formatted(",'smsMailing':{'customParameters':7}")).status())
                .isGreaterThanOrEqualTo(400);
        assertThat(row("ann@example.org")).isEmpty();
    }

    @Test
    void anOperationHasAMessageOrACampaign() {
        assertThatThrownBy(() -> api.node.provision(operation("step: send-message")))
                .isInstanceOf(ProvisionException.class).hasMessageContaining("is needed, or a campaign");
        assertThatThrownBy(() -> api.node.provision(operation("step: send-message, campaign: x, message: { text: x }")))
                .isInstanceOf(ProvisionException.class).hasMessageContaining("cannot stand beside a campaign");
        assertThatThrownBy(() -> api.node.provision(operation("step: send-message, campaign: x, channel: sms")))
                .isInstanceOf(ProvisionException.class).hasMessageContaining("cannot stand beside a campaign");
        assertThatThrownBy(() -> api.node.provision(operation("step: edit, campaign: x")))
                .isInstanceOf(ProvisionException.class).hasMessageContaining("no setting of the step edit");
    }

    private static String operation(String settings) {
        return "projects: [ { slug: acme, integrations: [ { slug: website, operations: [ { name: Wrong, " + settings
                + " } ] } ] } ]";
    }
}
