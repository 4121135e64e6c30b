package io.countersign.server.eligibility;

import io.countersign.domain.contact.Verification;
import io.countersign.domain.eligibility.Facts;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Topic;
import io.countersign.server.testing.Api;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Rows of every table that eligibility depends on, with what else lies there and does not count. */
final class FactTables {
    static final Facts.Holding NOBODY = new Facts.Nobody();
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    final List<Object[]> customers = new ArrayList<>();
    private final List<Object[]> contacts = new ArrayList<>();
    private final List<Object[]> validities = new ArrayList<>();
    private final List<Object[]> subscriptions = new ArrayList<>();
    private final List<Object[]> suppressions = new ArrayList<>();
    private final List<Object[]> messages = new ArrayList<>();
    private final Api api;
    private final Brand shop;
    private final Topic news;

    FactTables(Api api) {
        this.api = api;
        this.shop = api.brand("shop");
        this.news = api.catalog().topic(api.project, shop.id(), "news").orElseThrow();
    }

    record Case(String email, Facts.Holding holding, Set<SuppressionReason> suppressions, SubscriptionTree tree,
                boolean often) {}

    /** The whole cross product of holdings, suppressions and trees. */
    List<Case> cases() {
        var cases = new ArrayList<Case>();
        for (Facts.Holding holding : holdings()) {
            for (Set<SuppressionReason> reasons : suppressions()) {
                for (SubscriptionTree tree : trees(holding)) {
                    cases.add(new Case("c" + cases.size() + "@example.org", holding, reasons, tree,
                            cases.size() % 3 == 0 && !holding.equals(NOBODY)));
                }
            }
        }
        return cases;
    }

    private static List<Facts.Holding> holdings() {
        var holdings = new ArrayList<Facts.Holding>(List.of(NOBODY));
        for (boolean valid : List.of(true, false)) {
            holdings.add(new Facts.AsNonPrimary(valid));
            for (Verification verification : Verification.values()) {
                holdings.add(new Facts.AsPrimary(verification, valid));
            }
        }
        return holdings;
    }

    private static List<Set<SuppressionReason>> suppressions() {
        var sets = new ArrayList<Set<SuppressionReason>>();
        for (int bits = 0; bits < 8; bits++) {
            var set = EnumSet.noneOf(SuppressionReason.class);
            for (SuppressionReason reason : SuppressionReason.values()) {
                if ((bits >> reason.ordinal() & 1) == 1) {
                    set.add(reason);
                }
            }
            sets.add(set);
        }
        return sets;
    }

    private List<SubscriptionTree> trees(Facts.Holding holding) {
        if (holding.equals(NOBODY)) {
            return List.of(SubscriptionTree.EMPTY);
        }
        var trees = new ArrayList<SubscriptionTree>();
        for (SubscriptionStatus ofBrand : SubscriptionStatus.values()) {
            for (SubscriptionStatus ofChannel : SubscriptionStatus.values()) {
                for (SubscriptionStatus ofTopic : SubscriptionStatus.values()) {
                    var explicit = new TreeMap<Node, SubscriptionStatus>();
                    explicit.put(Node.BRAND, ofBrand);
                    explicit.put(Node.of(Channel.EMAIL), ofChannel);
                    explicit.put(Node.of(Channel.EMAIL, news.id()), ofTopic);
                    explicit.values().removeIf(SubscriptionStatus.NO_DATA::equals);
                    explicit.put(Node.of(Channel.SMS), SubscriptionStatus.UNSUBSCRIBED);
                    trees.add(SubscriptionTree.of(explicit));
                    if (ofBrand == SubscriptionStatus.SUBSCRIBED) {
                        trees.add(SubscriptionTree.of(explicit).awaiting(Set.of(Channel.EMAIL)));
                        trees.add(SubscriptionTree.of(explicit).awaiting(Set.of(Channel.SMS)));
                    }
                }
            }
        }
        return trees;
    }

    void add(Case known) {
        int project = api.project.value();
        known.suppressions().forEach(reason ->
                suppressions.add(new Object[] {project, UUID.randomUUID(), "email",
            known.email(), Names.of(reason), "test", AT, null, null}));
        // Lifted ones, and those of a phone spelled alike, do not count.
        suppressions.add(new Object[] {project, UUID.randomUUID(), "email", known.email(), "manual", "test",
                AT, AT, "test"});
        suppressions.add(new Object[] {project, UUID.randomUUID(), "mobile", known.email(), "manual", "test",
                AT, null, null});
        if (known.holding().equals(NOBODY)) {
            return;
        }
        UUID id = UUID.randomUUID();
        customers.add(new Object[] {project, id, AT, AT, AT});
        boolean primary = known.holding() instanceof Facts.AsPrimary;
        var verification = known.holding() instanceof Facts.AsPrimary(var of, _) ? of : Verification.PENDING;
        boolean valid = switch (known.holding()) {
            case Facts.AsPrimary(_, boolean is) -> is;
            case Facts.AsNonPrimary(boolean is) -> is;
            case Facts.Nobody _ -> true;
        };
        contacts.add(new Object[] {project, (long) contacts.size() + 1, id, "email", known.email(),
            primary ? "primary" : "non_primary", Names.of(verification),
            verification == Verification.CONFIRMED ? AT : null, AT});
        addValidity(known.email(), valid);
        addMessages(id, known);
        known.tree().explicit().forEach((node, status) -> subscriptions.add(new Object[] {project, id,
            shop.id().value(), node.inChannel().map(Names::of).orElse(""),
            node.onTopic().map(of -> of.value()).orElse(0), Names.of(status),
            node.equals(Node.BRAND) && !known.tree().awaiting().isEmpty()
                    ? known.tree().awaiting().stream().map(Names::of).toList() : null, AT}));
    }

    /** Periods that have ended, mere refusals, and what is known of a phone spelled alike do not count. */
    private void addValidity(String email, boolean valid) {
        Instant now = api.node.clock.instant();
        boolean odd = contacts.size() % 2 == 1;
        if (!valid) {
            addValidity("email", email, "no_such_address", odd ? null : now.plusNanos(1000), 0);
        } else if (odd) {
            addValidity("email", email, "mailbox_full", now, 0);
        } else {
            addValidity("email", email, null, null, 2);
        }
        addValidity("mobile", email, "refuses_messages", null, 3);
    }

    /** Of yesterday, of another profile and brand, and what failed, do not count. */
    private void addMessages(UUID customer, Case known) {
        Instant now = api.node.clock.instant();
        addMessage(customer, 1, "sent", now.minusSeconds(86_399));
        addMessage(customer, 1, "sent", now.minusSeconds(86_400));
        addMessage(customer, 1, "failed", now);
        addMessage(customer, 2, "sent", now);
        if (known.often()) {
            addMessage(customer, 1, "sent", now);
        }
    }

    private void addMessage(UUID customer, int campaign, String state, Instant done) {
        messages.add(new Object[] {api.project.value(), UUID.randomUUID(), customer, 1L, shop.id().value(), "email",
            "campaign", "x", state, done, AT, done, campaign});
    }

    private void addValidity(String type, String value, String reason, Instant until, int refused) {
        validities.add(new Object[] {api.project.value(), type, value, reason, reason == null ? null : AT, until,
            refused, refused == 0 ? null : AT});
    }

    void store() {
        api.update("""
                insert into campaigns (project_id, campaign_id, slug, name, brand_id, channel, kind, profile, state,
                                       created_by, created_at, changed_at)
                overriding system value
                select ?, n, 'c' || n, 'C', ?, 'email', 'automated', case n when 1 then 'standard' else 'calm' end,
                       'ready', 'test', ?, ? from generate_series(1, 2) as n""",
                api.project.value(), shop.id().value(), AT, AT);
        api.node.database.transaction(tx -> {
            tx.insert(Insert.into("messages", "project_id integer", "message_id uuid", "customer_id uuid",
                    "contact_id bigint", "brand_id integer", "channel text", "kind text", "recipient text",
                    "state text", "due_at timestamptz", "created_at timestamptz", "done_at timestamptz",
                    "campaign_id integer"), messages);
            tx.insert(Insert.into("customers", "project_id integer", "customer_id uuid",
                    "created_at timestamptz",
                    "changed_at timestamptz", "last_action_at timestamptz"), customers);
            tx.insert(Insert.into("contact_points", "project_id integer", "contact_id bigint",
                    "customer_id uuid",
                    "type text", "value text", "slot text", "verification text", "verified_at timestamptz",
                    "created_at timestamptz"), contacts);
            tx.insert(Insert.into("contact_validity", "project_id integer", "type text", "value text",
                    "reason text", "invalid_since timestamptz", "invalid_until timestamptz", "refused integer",
                    "refused_since timestamptz"), validities);
            tx.insert(Insert.into("subscriptions", "project_id integer", "customer_id uuid",
                    "brand_id integer", "channel text", "topic_id integer", "status text", "awaiting text[]",
                    "changed_at timestamptz"), subscriptions);
            return tx.insert(Insert.into("suppressions", "project_id integer", "suppression_id uuid",
                    "type text", "value text", "reason text", "actor text", "created_at timestamptz",
                    "lifted_at timestamptz", "lifted_by text"), suppressions);
        });
    }
}
