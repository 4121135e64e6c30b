package io.countersign.server.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Verification;
import io.countersign.domain.eligibility.Checks;
import io.countersign.domain.eligibility.EligibilityRules;
import io.countersign.domain.eligibility.Facts;
import io.countersign.domain.eligibility.MessageKind;
import io.countersign.domain.eligibility.Reason;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.eligibility.FactTables.Case;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Sql;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Mailing;
import io.countersign.server.project.Topic;
import io.countersign.server.testing.Api;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the one statement reads equals the facts that were stored, over all of their combinations. */
final class EligibilityStoreTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final Api api = new Api();
    private final Brand shop = api.brand("shop");
    private final Topic news = api.catalog().topic(api.project, shop.id(), "news").orElseThrow();
    private final FactTables tables = new FactTables(api);

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void bothFormsGiveTheSameVerdictOverEveryCombinationOfFacts() {
        api.update("update brands set messages_per_day = 2 where slug = 'shop'");
        List<Case> cases = tables.cases();
        cases.forEach(tables::add);
        tables.store();
        for (Optional<Topic> topic : List.of(Optional.<Topic>empty(), Optional.of(news))) {
            List<Facts> facts = cases.stream().map(known -> facts(known, topic)).toList();
            assertThat(read(cases, topic)).isEqualTo(facts);
            for (Checks checks : allChecks()) {
                compare(cases, facts, new Question(shop, Channel.EMAIL, topic.map(Topic::id),
                        new NamedChecks("own", checks), Optional.empty()));
                if (checks.subscription()) {
                    compare(cases, facts, new Question(verifying(shop), Channel.EMAIL, topic.map(Topic::id),
                            new NamedChecks("own", checks), Optional.empty()));
                }
            }
        }
    }

    private List<Facts> read(List<Case> cases, Optional<Topic> topic) {
        var question = new Question(shop, Channel.EMAIL, topic.map(Topic::id),
                NamedChecks.of(MessageKind.STANDARD), Optional.empty());
        return new Eligibility(api.node.database, api.node.clock).check(question, cases.stream()
                .<Whom>map(known -> new Whom.OfContact(new TypedContact(ContactType.EMAIL, known.email()))).toList())
                .stream().map(Eligibility.Answer::facts).toList();
    }

    private void compare(List<Case> cases, List<Facts> facts, Question question) {
        var expected = new HashMap<String, String>();
        for (int i = 0; i < cases.size(); i++) {
            if (!cases.get(i).holding().equals(FactTables.NOBODY)) {
                List<Reason> reasons = EligibilityRules.reasonsAgainst(facts.get(i), question.profile().checks(),
                        question.brand().requireVerifiedContact());
                expected.put(cases.get(i).email(), reasons.isEmpty() ? "eligible" : Names.of(reasons.getFirst()));
            }
        }
        assertThat(verdicts(question)).as("%s", question).isEqualTo(expected);
    }

    /** What the statement itself says of everybody who holds a contact. */
    private Map<String, String> verdicts(Question question) {
        var scope = new Scope(question.brand(), question.channel(), question.topic(), ContactType.EMAIL,
                api.node.clock.instant());
        Checks checks = question.profile().checks();
        Sql held = Sql.of("""
                select value, customer_id, contact_id, slot, verification, verified_at, null::uuid as message_id
                from contact_points where project_id = ? and type = 'email'""", api.project.value());
        String eligible = EligibilityForm.eligible(scope, checks);
        Sql all = Sql.of("select f.value, " + EligibilityForm.reason(scope, checks) + " as reason, (" + eligible
                + ") as eligible from (").then(EligibilityForm.facts(scope, checks, held,
                EligibilityForm.Reach.ALL)).then(") as f");
        var verdicts = new HashMap<String, String>();
        api.node.database.transaction(tx -> {
            tx.readsWholeTables();
            return tx.list(all, row -> {
                String reason = row.text("reason");
                assertThat(row.flag("eligible")).isEqualTo(reason == null);
                return verdicts.put(row.text("value"), reason == null ? "eligible" : reason);
            });
        });
        return verdicts;
    }

    private static List<Checks> allChecks() {
        var all = new ArrayList<Checks>();
        for (int bits = 0; bits < 16; bits++) {
            boolean subscription = (bits & 1) != 0;
            boolean awaiting = (bits & 8) != 0;
            if (!subscription || !awaiting) {
                all.add(new Checks(subscription, (bits & 2) != 0, (bits & 4) != 0, awaiting));
            }
        }
        return all;
    }

    private static Brand verifying(Brand brand) {
        return new Brand(brand.id(), brand.project(), brand.slug(), brand.name(), brand.doubleOptIn(), brand.sender(),
                new Mailing(true, Optional.empty(), true, true), brand.face());
    }

    @Test
    void anIdOfACustomerFindsTheContactAndThatOfAMergedOneTheSurvivors() {
        var ann = new Case("a@example.org", new Facts.AsPrimary(Verification.PENDING, true), Set.of(),
                SubscriptionTree.of(Map.of(Node.BRAND, SubscriptionStatus.SUBSCRIBED)), false);
        tables.add(ann);
        tables.add(new Case("b@example.org", new Facts.AsNonPrimary(true), Set.of(), SubscriptionTree.EMPTY, false));
        UUID survivor = (UUID) tables.customers.get(0)[1];
        UUID claims = (UUID) tables.customers.get(1)[1];
        UUID old = UUID.randomUUID();
        tables.store();
        api.update("""
                insert into customers (project_id, customer_id, created_at, changed_at, last_action_at, merged_into)
                values (?, ?, ?, ?, ?, ?)""", api.project.value(), old, AT, AT, AT, survivor);
        var question = new Question(shop, Channel.EMAIL, Optional.empty(), NamedChecks.of(MessageKind.STANDARD),
                Optional.empty());
        List<Whom> whom = Stream.of(old, UUID.randomUUID(), claims, survivor)
                .<Whom>map(id -> new Whom.OfCustomer(id, ContactType.EMAIL)).toList();
        var answers = new Eligibility(api.node.database, api.node.clock).check(question, whom);
        assertThat(answers).map(answer -> answer.held().map(held -> held.contact().value()).orElse("nobody"))
                .containsExactly("a@example.org", "nobody", "b@example.org", "a@example.org");
        assertThat(answers).map(Eligibility.Answer::eligible).containsExactly(true, false, false, true);
    }

    @Test
    void anotherProjectsRowsDoNotCount() {
        tables.add(new Case("p@example.org", new Facts.AsPrimary(Verification.CONFIRMED, true),
                Set.of(SuppressionReason.COMPLAINT), SubscriptionTree.of(new TreeMap<>(Map.of(
                Node.BRAND, SubscriptionStatus.SUBSCRIBED))), false));
        tables.store();
        var other = api.catalog().brand(api.catalog().project("other").orElseThrow().id(), "shop")
                .orElseThrow();
        var question = new Question(other, Channel.EMAIL, Optional.empty(), NamedChecks.of(MessageKind.TRANSACTIONAL),
                Optional.empty());
        assertThat(new Eligibility(api.node.database, api.node.clock).check(question, new Whom.OfContact(
                new TypedContact(ContactType.EMAIL, "p@example.org"))).reasons()).map(Enum::name)
                .containsExactly("UNKNOWN_CONTACT");
    }

    private static Facts facts(Case known, Optional<Topic> topic) {
        return new Facts(known.holding(), known.suppressions(), true,
                known.tree().effective(Node.of(Channel.EMAIL)),
                topic.map(of -> known.tree().effective(Node.of(Channel.EMAIL, of.id()))), false, known.often());
    }
}
