package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.Customer;
import io.countersign.domain.customer.CustomerRules;
import io.countersign.domain.customer.Neighbourhood;
import io.countersign.domain.eligibility.MessageKind;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.eligibility.Eligibility;
import io.countersign.server.eligibility.NamedChecks;
import io.countersign.server.eligibility.Question;
import io.countersign.server.eligibility.Whom;
import io.countersign.server.platform.Ids;
import io.countersign.server.project.Policies;
import io.countersign.server.project.Topic;
import io.countersign.server.suppression.Suppression;
import io.countersign.server.suppression.Suppressions;
import io.countersign.server.testing.Api;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever was answered at a moment is answered about that moment later, whatever happened since. */
final class PastEligibilityTest {
    private static final boolean FULL = "full".equals(System.getProperty("countersign.scale"));
    private static final int BATCHES = FULL ? 600 : 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theAnswersOfEveryMomentStayTheSame(long seed) {
        try (Api api = new Api()) {
            var walk = new Walk(api, new Random(seed));
            Map<Instant, List<List<Eligibility.Answer>>> remembered = new TreeMap<>();
            for (int i = 0; i < BATCHES; i++) {
                walk.step();
                remembered.put(api.node.clock.instant(), walk.answers(Optional.empty(), walk.everybody()));
                api.node.clock.advance(Duration.ofMinutes(1 + walk.random.nextInt(60 * 24)));
            }
            remembered.forEach((moment, answers) -> {
                List<List<Eligibility.Answer>> later = walk.answers(Optional.of(moment), walk.everybody());
                assertThat(later.subList(0, answers.size())).as("seed %s at %s", seed, moment)
                        .isEqualTo(answers);
            });
        }
    }

    @Test
    void beforeItsFirstMomentAContactIsUnknown() {
        try (Api api = new Api()) {
            api.apply(api.signUp("a@example.org"));
            var answer = api.get("/v1/eligibility?brand=shop&email=a@example.org&at=2026-01-02T03:04:04Z");
            assertThat(answer.json().path("reasons").toString())
                    .isEqualTo("[\"unknown_contact\",\"not_subscribed\"]");
            assertThat(answer.text("at")).isEqualTo("2026-01-02T03:04:04Z");
            assertThat(api.get("/v1/eligibility?brand=shop&email=a@example.org&at=2026-01-02T03:04:05Z").json()
                    .path("reasons").toString()).isEqualTo("[\"requires_confirmation\"]");
        }
    }

    /** Random commands through the door, and suppressions beside it. */
    private static final class Walk {
        private final Api api;
        private final Random random;
        private final Neighbourhood model = new Neighbourhood();
        private final RandomCommands commands;
        private final Suppressions suppressions;
        private final Eligibility eligibility;
        private final List<UUID> ids = new ArrayList<>();
        private final List<TypedContact> contacts = new ArrayList<>();

        Walk(Api api, Random random) {
            this.api = api;
            this.random = random;
            this.commands = new RandomCommands(api, api.project, random, model);
            this.suppressions = new Suppressions(api.node.database, new Ids(api.node.clock, new SecureRandom()),
                    api.node.clock);
            this.eligibility = new Eligibility(api.node.database, api.node.clock);
            for (String name : List.of("a", "b", "c", "d", "e")) {
                contacts.add(new TypedContact(ContactType.EMAIL, name + "@example.org"));
            }
            for (int i = 1; i <= 3; i++) {
                contacts.add(new TypedContact(ContactType.MOBILE, "+491511234567" + i));
            }
        }

        void step() {
            List<Submission> batch = commands.batch(1 + random.nextInt(6)).stream().filter(one ->
                    one.command().changes().stream().noneMatch(Change.Erase.class::isInstance)).toList();
            var policy = Policies.of(api.catalog(), api.project);
            batch.forEach(one -> CustomerRules.decide(model, one.command(), policy, api.node.clock.instant()));
            api.customers.apply(api.project, batch);
            var known = new TreeSet<UUID>();
            model.customers().stream().map(Customer::id).filter(id -> !ids.contains(id)).forEach(known::add);
            ids.addAll(known);
            if (random.nextInt(3) == 0) {
                suppress(contacts.get(random.nextInt(contacts.size())));
            }
            api.update("update brands set double_opt_in_sms = ? where slug = 'shop'", random.nextBoolean());
        }

        private void suppress(TypedContact contact) {
            List<Suppression> live = suppressions.live(api.project, Suppressions.Filter.of(contact),
                    Optional.empty(), 50);
            if (live.isEmpty()) {
                suppressions.suppress(api.project, contact,
                        SuppressionReason.values()[random.nextInt(SuppressionReason.values().length)], "test");
            } else {
                suppressions.lift(api.project, live.getFirst().id(), "test");
            }
        }

        /** Contacts first, then customers as they came: later lists begin with earlier ones. */
        List<Whom> everybody() {
            var everybody = new ArrayList<Whom>();
            contacts.forEach(contact -> everybody.add(new Whom.OfContact(contact)));
            ids.forEach(id -> everybody.add(new Whom.OfCustomer(id, ContactType.EMAIL)));
            return everybody;
        }

        List<List<Eligibility.Answer>> answers(Optional<Instant> at, List<Whom> whom) {
            var shop = api.brand("shop");
            var answers = new ArrayList<List<Eligibility.Answer>>();
            whom.forEach(_ -> answers.add(new ArrayList<>()));
            for (Channel channel : List.of(Channel.EMAIL, Channel.SMS)) {
                ContactType type = channel == Channel.EMAIL ? ContactType.EMAIL : ContactType.MOBILE;
                List<Integer> places = IntStream.range(0, whom.size()).filter(i -> whom.get(i).type() == type)
                        .boxed().toList();
                for (Optional<Topic> topic : List.of(Optional.<Topic>empty(),
                        api.catalog().topic(api.project, shop.id(), "news"))) {
                    var question = new Question(shop, channel, topic.map(Topic::id),
                            NamedChecks.of(MessageKind.STANDARD), at);
                    var found = eligibility.check(question, places.stream().map(whom::get).toList()).iterator();
                    places.forEach(place -> answers.get(place).add(found.next()));
                }
            }
            return answers;
        }
    }
}
