package io.countersign.server.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.customer.Effect;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.NodeChange;
import io.countersign.domain.subscription.SubscriptionOutcome.Action;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The events of a batch, for flows and webhooks to take up. */
final class EventRows {
    private static final Insert INSERT = Insert.into("events", "project_id integer", "event_id uuid",
            "at timestamptz", "name text", "customer_id uuid", "brand_id integer", "body jsonb");

    private final int project;
    private final Ids ids;
    private final Instant at;
    private final List<Object[]> rows = new ArrayList<>();

    EventRows(int project, Ids ids, Instant at) {
        this.project = project;
        this.ids = ids;
        this.at = at;
    }

    void write(Tx tx) throws SQLException {
        tx.insert(INSERT, rows);
    }

    void add(Effect effect, String source) {
        ObjectNode body = Json.object().put("source", source);
        switch (effect) {
            case Effect.Created _ -> add("customer.created", effect, null, body);
            case Effect.ProfileChanged _ -> add("customer.changed", effect, null, body);
            case Effect.ContactChanged contact -> add("contact.changed", effect, null,
                    body.put("type", Names.of(contact.type())).put("change", Names.of(contact.change())));
            case Effect.AccessGranted granted -> add("contact.changed", effect, null,
                    body.put("type", Names.of(granted.type())).put("change", "access_granted"));
            case Effect.ContactConfirmed contact -> add("contact.confirmed", effect, null,
                    body.put("type", Names.of(contact.type())).put("value", contact.value())
                            .put("kind", Names.of(contact.kind())));
            case Effect.SubscriptionChanged subscription -> subscription(subscription, body);
            case Effect.MailRequested mail -> challenge("opt_in.requested", mail, mail.challenge(), body);
            case Effect.ChallengeClosed closed -> challenge(closedName(closed.challenge()), closed,
                    closed.challenge(), body);
            case Effect.MessageQueued message -> add("message.queued", effect, message.brand().value(),
                    body.put("type", Names.of(message.to().type())).put("value", message.to().value())
                            .put("message", Ids.show("msg", message.message())));
            case Effect.ActionIssued issued -> add("action.issued", effect, issued.brand().value(),
                    body.put("action", issued.action()).putPOJO("detail", issued.detail()));
            case Effect.CodeRefused code -> add("code.refused", effect, null, body.put("purpose",
                    Names.of(code.purpose())).put("type", Names.of(code.type())).put("value", code.value()));
            case Effect.ValidityChanged validity -> validity(validity, body);
            case Effect.Merged merged -> add("customer.merged", effect, null,
                    body.put("merged", Ids.show("cus", merged.loser())).put("reason", Names.of(merged.reason())));
            case Effect.MergeBarred barred -> add("merge.barred", effect, null,
                    body.put("other", Ids.show("cus", barred.other())));
            case Effect.Erased _ -> add("customer.erased", effect, null, body);
            case Effect.OptInChanged _, Effect.ChallengeOpened _, Effect.ChallengeChanged _,
                 Effect.HardBounced _ -> { /* told above */ }
        }
    }

    private void validity(Effect.ValidityChanged validity, ObjectNode body) {
        body.put("type", Names.of(validity.contact().type())).put("value", validity.contact().value());
        validity.after().ifPresent(invalid -> body.put("reason", Names.of(invalid.reason()))
                .put("until", invalid.until().map(Instant::toString).orElse(null)));
        add(validity.after().isPresent() ? "contact.invalid" : "contact.valid", validity, null, body);
    }

    private static String closedName(Challenge challenge) {
        return Names.of(challenge.key().purpose()) + "." + Names.of(challenge.state());
    }

    private void challenge(String name, Effect effect, Challenge challenge, ObjectNode body) {
        var topics = body.put("value", challenge.key().value()).putArray("topics");
        challenge.asked().topics().stream().map(TopicId::value).forEach(topics::add);
        add(name, effect, challenge.key().brand().value(), body);
    }

    /** A node is {@code entered} when flows may start on it: its value changed, and not by a merge (FL1, FL2). */
    private void subscription(Effect.SubscriptionChanged subscription, ObjectNode body) {
        body.put("merge", subscription.merge());
        if (subscription.action() != Action.NONE) {
            body.put("action", Names.of(subscription.action()));
        }
        var changes = body.putArray("changes");
        for (NodeChange change : subscription.changes()) {
            ObjectNode item = changes.addObject();
            change.node().inChannel().ifPresent(channel -> item.put("channel", Names.of(channel)));
            change.node().onTopic().ifPresent(topic -> item.put("topic", topic.value()));
            item.put("before", Names.of(change.before())).put("after", Names.of(change.after()))
                    .put("explicit", change.isExplicit()).put("entered", change.isEffective() && !subscription.merge());
        }
        add("subscription.changed", subscription, subscription.brand().value(), body);
    }

    private void add(String name, Effect effect, Integer brand, ObjectNode body) {
        rows.add(new Object[] {project, ids.next(), at, name, effect.customer(), brand, Json.writeText(body)});
    }
}
