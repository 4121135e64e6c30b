package io.countersign.server.message;

import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Messages being queued, in the transaction of the change that asks for them. */
public final class MessageRows {
    private static final Insert INSERT = Insert.into("messages", "project_id integer", "message_id uuid",
            "customer_id uuid", "contact_id bigint", "brand_id integer", "channel text", "kind text",
            "challenge_id uuid", "recipient text", "language text", "content text", "state text",
            "due_at timestamptz", "created_at timestamptz", "campaign_id integer", "parameters jsonb");
    private static final String CAMPAIGN = "campaign:";
    private static final String PARAMETERS = ":";

    private MessageRows() {}

    /** An opt-in email to be sent. */
    public record OptInEmail(UUID id, UUID customer, long contact, int brand, UUID challenge, Recipient recipient,
                             Instant due) {}

    /** An address and the language to write in; null for the brand's. */
    public record Recipient(String address, String language) {}

    /**
     * A transactional message to be sent.
     *
     * @param challenge what its codes and links answer; null for a text without any
     * @param content   the reference of a text of {@code MessageTexts}, or of a {@link #campaign}
     */
    public record QueuedText(UUID id, int brand, Addressee to, UUID challenge, String content, Instant due) {}

    /**
     * Whom a transactional message goes to.
     *
     * @param channel {@code email} or {@code sms}
     */
    public record Addressee(UUID customer, long contact, String channel, Recipient recipient) {}

    public static void queue(Tx tx, int project, List<OptInEmail> emails, Instant now) throws SQLException {
        tx.insert(INSERT, emails.stream().map(email -> new Object[] {project, email.id(), email.customer(),
            email.contact(), email.brand(), "email", "opt_in", email.challenge(), email.recipient().address(),
            email.recipient().language(), null, "queued", email.due(), now, null, null}).toList());
    }

    /** The reference of an automated or transactional campaign, to be sent instead of a text. */
    public static String campaign(int id) {
        return campaign(id, "");
    }

    /** The same, with what its text is filled with besides: a JSON object, or the empty text. */
    public static String campaign(int id, String parameters) {
        return CAMPAIGN + id + PARAMETERS + parameters;
    }

    public static void queueTexts(Tx tx, int project, List<QueuedText> texts, Instant now) throws SQLException {
        tx.insert(INSERT, texts.stream().map(text -> row(project, text, now)).toList());
    }

    private static Object[] row(int project, QueuedText text, Instant now) {
        boolean isCampaign = text.content().startsWith(CAMPAIGN);
        String[] campaign = isCampaign ? text.content().split(PARAMETERS, 3) : new String[] {"", null, ""};
        return new Object[] {project, text.id(), text.to().customer(), text.to().contact(), text.brand(),
            text.to().channel(), isCampaign ? "campaign" : "transactional", text.challenge(),
            text.to().recipient().address(), text.to().recipient().language(), isCampaign ? null : text.content(),
            "queued", text.due(), now,
            isCampaign ? Integer.valueOf(campaign[1]) : null, campaign[2].isEmpty() ? null : campaign[2]};
    }
}
