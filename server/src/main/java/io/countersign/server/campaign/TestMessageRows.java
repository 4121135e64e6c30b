package io.countersign.server.campaign;

import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** Queues messages that try a campaign out. They are nobody's contact's: no consent, no statistics depend on them. */
final class TestMessageRows {
    private static final long NO_CONTACT = 0;

    private TestMessageRows() {}

    /**
     * A message to be sent.
     *
     * @param as       the customer whose text it is
     * @param to       where it goes, whoever has that
     * @param custom   a JSON object, or the empty text
     */
    record Trying(UUID id, UUID as, String to, CampaignTexts.Key key, String custom) {}

    static void queue(Tx tx, Campaign campaign, Trying trying, Instant now) throws SQLException {
        tx.update("""
                insert into messages (project_id, message_id, customer_id, contact_id, brand_id, channel, kind,
                    recipient, language, state, due_at, created_at, campaign_id, variant, test, parameters)
                values (?, ?, ?, ?, ?, ?, 'campaign', ?, ?, 'queued', ?, ?, ?, ?, true, ?::jsonb)""",
                campaign.project().value(), trying.id(), trying.as(), NO_CONTACT,
                campaign.scope().brand().value(), Names.of(campaign.scope().channel()), trying.to(),
                trying.key().language(), now, now, campaign.id(), trying.key().variant(),
                trying.custom().isEmpty() ? null : trying.custom());
    }
}
