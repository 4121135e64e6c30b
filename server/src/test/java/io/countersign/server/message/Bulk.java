package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.message.Prepared.Carried;
import io.countersign.server.message.Prepared.Ready;
import io.countersign.server.message.Prepared.Skipped;
import io.countersign.server.project.Sender;
import io.countersign.server.text.MessageText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Campaigns in bulk by SQL, and what makes their mails: the lanes know nothing of what campaigns say. */
final class Bulk {
    private static final Sender SENDER = new Sender(Optional.of("Shop <hello@acme.test>"), Optional.empty(),
            Optional.empty());

    private final Sending sending;

    Bulk(Sending sending) {
        this.sending = sending;
    }

    /** A frozen campaign in this state; its id. */
    int campaign(ProjectId project, int brand, String state) {
        return Integer.parseInt(sending.node.database.with(tx -> tx.one("""
                insert into campaigns (project_id, slug, name, brand_id, channel, kind, profile, state, created_by,
                                       created_at, changed_at, frozen_at)
                values (?, 'c' || (select count(*) from campaigns), 'C', ?, 'email', 'bulk', 'standard', ?, 'test',
                        ?, ?, ?)
                returning campaign_id::text as id""", row -> row.text("id"), project.value(), brand, state,
                sending.now(), sending.now(), sending.now())).orElseThrow());
    }

    int campaign(String state) {
        return campaign(sending.project, sending.brand("shop").value(), state);
    }

    /** Queues so many mails of a campaign, to {@code NAME-0@example.com} and so on. */
    void queue(int campaign, String name, int count, String variant) {
        sending.update("""
                insert into messages (project_id, message_id, customer_id, contact_id, brand_id, channel, kind,
                                      recipient, state, due_at, created_at, campaign_id, variant, bulk)
                select c.project_id, gen_random_uuid(), gen_random_uuid(), 0, c.brand_id, 'email', 'campaign',
                       ? || '-' || n || '@example.com', 'queued', ?, ?, c.campaign_id, ?, true
                from campaigns c, generate_series(0, ? - 1) n where c.campaign_id = ?""", name, sending.now(),
                sending.now(), variant, count, campaign);
    }

    /** Has another node take what was queued under this name. */
    void take(int campaign, String name, Instant until) {
        sending.update("""
                insert into takes (project_id, take_id, campaign_id, until, messages)
                select project_id, gen_random_uuid(), campaign_id, ?, array_agg(message_id) from messages
                where campaign_id = ? and recipient like ? || '-%' group by project_id, campaign_id""", until, campaign,
                name);
    }

    void state(int campaign, String state) {
        sending.update("update campaigns set state = ? where campaign_id = ?", state, campaign);
    }

    /** Everybody gets the same, but those who are called {@code not}, {@code unfit} and {@code bad}. */
    static Function<Carriers, CampaignQueue> letters() {
        return carriers -> (_, _, taken, _) -> taken.stream().map(message -> prepared(carriers, message)).toList();
    }

    private static Prepared prepared(Carriers carriers, Taken message) {
        return switch (message.recipient().address().split("-")[0]) {
            case "not" -> new Skipped(message, "unsubscribed");
            case "untaken" -> throw new NoClassDefFoundError("of all that were taken with it");
            case "unprepared" -> Prepared.of(message, () -> {
                throw new StackOverflowError();
            });
            default -> new Ready(message, Carried.NOTHING, () -> letter(carriers, message));
        };
    }

    private static Made letter(Carriers carriers, Taken message) {
        return switch (message.recipient().address().split("-")[0]) {
            case "unfit" -> new HandOver.Withheld("template", "Recipient.LastName is missing");
            case "bad" -> throw new IllegalStateException("cannot be made");
            case "deep" -> throw new StackOverflowError();
            default -> carriers.form(message, SENDER, new MessageText.Parts("Hello", "<p>Hello</p>", "Hello"));
        };
    }

    List<String> arrived() {
        return sending.smtp.mails().stream().map(ReceivedMail::recipient).toList();
    }
}
