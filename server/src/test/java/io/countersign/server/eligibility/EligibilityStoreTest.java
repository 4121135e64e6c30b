package io.countersign.server.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Verification;
import io.countersign.domain.eligibility.EligibilityRules;
import io.countersign.domain.eligibility.Facts;
import io.countersign.domain.eligibility.MessageKind;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Topic;
import io.countersign.server.testing.Api;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the one statement reads equals the facts that were stored, over all of their combinations. */
final class EligibilityStoreTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Facts.Holding NOBODY = new Facts.Nobody();

    private final Api api = new Api();
    private final Brand brand = api.brand("strict");
    private final Brand shop = api.brand("shop");
    private final Topic news = api.catalog().topic(api.project, shop.id(), "news").orElseThrow();
    private final List<Object[]> customers = new ArrayList<>();
    private final List<Object[]> contacts = new ArrayList<>();
    private final List<Object[]> validities = new ArrayList<>();
    private final List<Object[]> subscriptions = new ArrayList<>();
    private final List<Object[]> suppressions = new ArrayList<>();

    @AfterEach
    void close() {
        api.close();
    }

    private record Case(String email, Facts.Holding holding, Set<SuppressionReason> suppressions,
                        SubscriptionTree tree) {}

    @Test
    void theStatementReadsEveryCombinationOfFacts() {
        List<Case> cases = cases();
        cases.forEach(this::add);
        store();
        for (Case known : cases) {
            for (Optional<Topic> topic : List.of(Optional.<Topic>empty(), Optional.of(news))) {
                var kind = MessageKind.values()[Math.floorMod(known.email().hashCode(), 3)];
                var question = new Question(shop, Channel.EMAIL, topic.map(Topic::id),
                        new TypedContact(ContactType.EMAIL, known.email()), kind);
                var facts = facts(known, topic);
                var answer = api.node.database.with(tx -> Eligibility.check(tx, question, api.node.clock.instant()));
                assertThat(answer.facts()).as("%s", known).isEqualTo(facts);
                assertThat(answer.reasons()).isEqualTo(EligibilityRules.reasonsAgainst(facts, kind, false));
            }
        }
    }

    @Test
    void theBrandAsksForAVerifiedContact() {
        add(new Case("v@example.org", new Facts.AsPrimary(Verification.PENDING, true), Set.of(),
                SubscriptionTree.EMPTY));
        store();
        var question = new Question(brand, Channel.EMAIL, Optional.empty(),
                new TypedContact(ContactType.EMAIL, "v@example.org"), MessageKind.STANDARD);
        assertThat(new Eligibility(api.node.database, api.node.clock).check(question).reasons()).map(Enum::name)
                .containsExactly("NOT_SUBSCRIBED", "NOT_VERIFIED");
    }

    @Test
    void anotherProjectsRowsDoNotCount() {
        add(new Case("p@example.org", new Facts.AsPrimary(Verification.CONFIRMED, true),
                Set.of(SuppressionReason.COMPLAINT), SubscriptionTree.of(new TreeMap<>(java.util.Map.of(
                Node.BRAND, SubscriptionStatus.SUBSCRIBED)))));
        store();
        var other = api.catalog().brand(api.catalog().project("other").orElseThrow().id(), "shop")
                .orElseThrow();
        var question = new Question(other, Channel.EMAIL, Optional.empty(),
                new TypedContact(ContactType.EMAIL, "p@example.org"), MessageKind.TRANSACTIONAL);
        assertThat(new Eligibility(api.node.database, api.node.clock).check(question).reasons()).map(Enum::name)
                .containsExactly("UNKNOWN_CONTACT");
    }

    private List<Case> cases() {
        var cases = new ArrayList<Case>();
        for (Facts.Holding holding : holdings()) {
            for (Set<SuppressionReason> reasons : suppressions()) {
                for (SubscriptionTree tree : trees(holding)) {
                    cases.add(new Case("c" + cases.size() + "@example.org", holding, reasons, tree));
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

    private static Facts facts(Case known, Optional<Topic> topic) {
        return new Facts(known.holding(), known.suppressions(), true,
                known.tree().effective(Node.of(Channel.EMAIL)),
                topic.map(of -> known.tree().effective(Node.of(Channel.EMAIL, of.id()))));
    }

    private void add(Case known) {
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

    private void addValidity(String type, String value, String reason, Instant until, int refused) {
        validities.add(new Object[] {api.project.value(), type, value, reason, reason == null ? null : AT, until,
            refused, refused == 0 ? null : AT});
    }

    private void store() {
        api.node.database.transaction(tx -> {
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
