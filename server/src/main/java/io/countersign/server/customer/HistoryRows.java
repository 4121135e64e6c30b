package io.countersign.server.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.contact.ConfirmationKind;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Proof;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.contact.Validity;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.Effect;
import io.countersign.domain.customer.Profile;
import io.countersign.domain.subscription.NodeChange;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The history of a batch: one row for each thing that a person may ask about later. */
final class HistoryRows {
    private static final Insert INSERT = Insert.into("history", "project_id integer", "history_id uuid",
            "customer_id uuid", "at timestamptz", "kind text", "change text", "contact_type text", "value text",
            "brand_id integer", "channel text", "topic_id integer", "before text", "after text", "source text",
            "integration_id integer", "actor text", "consent_id uuid", "detail jsonb", "contact_id bigint");
    private static final int CUSTOMER = 2;
    private static final int KIND = 4;
    private static final int TYPE = 6;
    private static final int VALUE = 7;
    private static final int CONTACT = 18;

    private final int project;
    private final Ids ids;
    private final Instant at;
    private final List<Object[]> rows = new ArrayList<>();

    HistoryRows(int project, Ids ids, Instant at) {
        this.project = project;
        this.ids = ids;
        this.at = at;
    }

    /** The ids of contact points as they are held when the batch is done. */
    interface ContactsNow {
        Long idOf(UUID customer, ContactType type, String value);
    }

    void write(Tx tx, ContactsNow contacts) throws SQLException {
        for (Object[] row : rows) {
            if ("contact".equals(row[KIND]) && row[VALUE] != null) {
                row[CONTACT] = contacts.idOf((UUID) row[CUSTOMER],
                        Names.parse(ContactType.class, (String) row[TYPE]), (String) row[VALUE]);
            }
        }
        tx.insert(INSERT, rows);
    }

    /** Takes an effect down, with where it came from and the consent behind it. */
    void add(Effect effect, Origin origin, UUID consent) {
        var by = new By(origin, consent);
        switch (effect) {
            case Effect.Created created -> add(by, new Entry(created.customer(), "customer", "created"));
            case Effect.ProfileChanged profile -> add(by, new Entry(profile.customer(), "profile", "changed")
                    .detail(profile(profile.before(), profile.after())));
            case Effect.ContactChanged contact -> contact(by, contact);
            case Effect.AccessGranted granted -> add(by, new Entry(granted.customer(), "contact", "access_granted")
                    .contact(granted.type(), ""));
            case Effect.ContactConfirmed contact -> repeated(by, contact);
            case Effect.SubscriptionChanged subscription -> subscription(by, subscription);
            case Effect.MailRequested mail -> add(by, challenge(mail.customer(), mail.challenge(), "mail_queued")
                    .detail(Json.object().put("message", Ids.show("msg", mail.message()))));
            case Effect.ChallengeClosed closed -> add(by,
                    challenge(closed.customer(), closed.challenge(), Names.of(closed.challenge().state())));
            case Effect.MessageQueued message -> add(by, new Entry(message.customer(), "message", "queued")
                    .contact(message.to().type(), message.to().value()).brand(message.brand().value())
                    .detail(Json.object().put("message", Ids.show("msg", message.message()))));
            case Effect.ActionIssued issued -> add(by, new Entry(issued.customer(), "action", issued.action())
                    .brand(issued.brand().value()).detail(issued.detail()));
            case Effect.CodeRefused code -> add(by, new Entry(code.customer(), Names.of(code.purpose()), "wrong_code")
                    .contact(code.type(), code.value()));
            case Effect.ValidityChanged validity -> validity(by, validity);
            case Effect.Merged merged -> merged(by, merged);
            case Effect.MergeBarred barred -> add(by, new Entry(barred.customer(), "merge", "barred")
                    .contact(barred.type(), barred.value())
                    .detail(Json.object().put("other", Ids.show("cus", barred.other()))));
            // Rows of the subscription, the challenge and the contact tell these; an erased customer has no history.
            case Effect.OptInChanged _, Effect.ChallengeOpened _, Effect.ChallengeChanged _, Effect.Erased _,
                 Effect.HardBounced _ -> { }
        }
    }

    private void contact(By by, Effect.ContactChanged contact) {
        Entry entry = new Entry(contact.customer(), "contact", Names.of(contact.change()))
                .contact(contact.type(), contact.value())
                .values(state(contact.before(), contact.value()), state(contact.after(), contact.value()));
        var detail = Json.object();
        contact.before().asPrimary().map(Slots.Primary::value).filter(old -> !contact.after().holds(old))
                .ifPresent(old -> detail.put("dropped", old));
        contact.before().claim().filter(old -> !contact.after().holds(old))
                .ifPresent(old -> detail.put("dropped_non_primary", old));
        contact.other().ifPresent(other -> detail.put("other", Ids.show("cus", other)));
        contact.after().asPrimary().filter(primary -> primary.value().equals(contact.value()))
                .map(Slots.Primary::proof).filter(Proof.Confirmed.class::isInstance)
                .map(proof -> ((Proof.Confirmed) proof).since()).filter(since -> !since.equals(at))
                .ifPresent(since -> detail.put("verified_at", since.toString()));
        add(by, detail.isEmpty() ? entry : entry.detail(detail));
    }

    private void repeated(By by, Effect.ContactConfirmed contact) {
        if (contact.kind() == ConfirmationKind.REPEAT) {
            add(by, new Entry(contact.customer(), "contact", "confirmed_again")
                    .contact(contact.type(), contact.value()).values("confirmed", "confirmed"));
        }
    }

    /** DM9: explicit changes only; and what the brand node gives to its channels, which no status tells (TR10). */
    private void subscription(By by, Effect.SubscriptionChanged subscription) {
        for (NodeChange change : subscription.changes()) {
            if (change.isExplicit()) {
                add(by, new Entry(subscription.customer(), "subscription", subscription.merge() ? "merged" : "changed")
                        .node(subscription.brand().value(), change)
                        .values(Names.of(change.explicitBefore()), Names.of(change.explicitAfter())));
            }
        }
        subscription.awaiting().ifPresent(channels -> add(by, new Entry(subscription.customer(), "awaiting", "changed")
                .brand(subscription.brand().value()).values(null, channels.stream().map(Names::of).sorted()
                        .collect(Collectors.joining(",")))));
    }

    private void validity(By by, Effect.ValidityChanged validity) {
        Entry entry = new Entry(validity.customer(), "contact", validity.after().isPresent() ? "invalid" : "valid")
                .contact(validity.contact().type(), validity.contact().value())
                .values(reason(validity.before()), reason(validity.after()));
        validity.after().flatMap(Validity.Invalid::until)
                .ifPresent(end -> entry.detail(Json.object().put("until", end.toString())));
        add(by, entry);
    }

    private static String reason(Optional<Validity.Invalid> invalid) {
        return invalid.map(known -> Names.of(known.reason())).orElse("valid");
    }

    private void merged(By by, Effect.Merged merged) {
        add(by, new Entry(merged.customer(), "merge", Names.of(merged.reason()))
                .detail(MergeRecord.of(merged)));
        add(by, new Entry(merged.loser(), "merge", "merged_away")
                .detail(Json.object().put("survivor", Ids.show("cus", merged.customer()))));
    }

    private static Entry challenge(UUID customer, Challenge challenge, String change) {
        return new Entry(customer, Names.of(challenge.key().purpose()), change)
                .contact(challenge.key().type(), challenge.key().value()).brand(challenge.key().brand().value());
    }

    private static Object profile(Profile before, Profile after) {
        var changed = Json.object();
        if (!before.firstName().equals(after.firstName())) {
            changed.put("first_name", before.firstName().orElse(null));
        }
        if (!before.lastName().equals(after.lastName())) {
            changed.put("last_name", before.lastName().orElse(null));
        }
        if (!before.externalIds().equals(after.externalIds())) {
            changed.putPOJO("external_ids", before.externalIds());
        }
        if (!before.fields().equals(after.fields())) {
            changed.putPOJO("fields", before.fields());
        }
        return Json.object().set("before", changed);
    }

    private static String state(Slots slots, String value) {
        if (slots.holdsPrimary(value)) {
            return Names.of(slots.asPrimary().orElseThrow().proof().verification());
        }
        return slots.holds(value) ? "non_primary" : null;
    }

    private void add(By by, Entry entry) {
        Origin origin = by.origin();
        rows.add(new Object[] {project, ids.next(), entry.customer, at, entry.kind, entry.change, entry.contactType,
            entry.value, entry.brand, entry.channel, entry.topic, entry.before, entry.after, origin.source(),
            origin.integration().orElse(null), origin.actor(), by.consent(), entry.detail, null});
    }

    private record By(Origin origin, UUID consent) {}

    /** A row being filled. */
    private static final class Entry {
        final UUID customer;
        final String kind;
        final String change;
        String contactType;
        String value;
        Integer brand;
        String channel;
        Integer topic;
        String before;
        String after;
        String detail;

        Entry(UUID customer, String kind, String change) {
            this.customer = customer;
            this.kind = kind;
            this.change = change;
        }

        Entry contact(ContactType type, String of) {
            contactType = Names.of(type);
            value = of.isEmpty() ? null : of;
            return this;
        }

        Entry brand(int id) {
            brand = id;
            return this;
        }

        Entry node(int brandId, NodeChange change) {
            brand = brandId;
            channel = change.node().inChannel().map(Names::of).orElse(null);
            topic = change.node().onTopic().map(id -> id.value()).orElse(null);
            return this;
        }

        Entry values(String was, String is) {
            before = was;
            after = is;
            return this;
        }

        Entry detail(Object json) {
            detail = Json.writeText(json);
            return this;
        }
    }
}
