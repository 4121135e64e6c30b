package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.CustomerCommand.Fresh;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.BrandPolicy;
import io.countersign.domain.project.Limits;
import io.countersign.domain.project.Policy;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.Trees;
import io.countersign.domain.subscription.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Commands of every kind about few people, few contacts, two brands and two topics, the same for the same
 * seed.
 */
final class RandomCommands {
    static final List<BrandId> BRANDS = List.of(new BrandId(1), new BrandId(2));
    static final List<TopicId> TOPICS = List.of(Trees.NEWS, Trees.VIP);
    static final List<String> EMAILS = List.of("a@x", "b@x", "c@x");
    static final List<String> MOBILES = List.of("+1", "+2");
    static final List<List<String>> IDS = List.of(List.of("crm", "1"), List.of("crm", "2"),
            List.of("shop", "1"));
    static final Duration COOLDOWN = Duration.ofMinutes(1);
    private static final int PEOPLE = 4;
    private static final List<Node> NODES = List.of(Node.BRAND, Node.of(Channel.EMAIL), Node.of(Channel.SMS),
            Node.of(Channel.EMAIL, Trees.NEWS), Node.of(Channel.EMAIL, Trees.VIP),
            Node.of(Channel.SMS, Trees.NEWS));
    private static final List<Duration> PAUSES = List.of(Duration.ZERO, Duration.ofSeconds(1),
            Duration.ofSeconds(59),
            COOLDOWN, Duration.ofHours(5), Duration.ofDays(1), Duration.ofDays(31));

    private final SplittableRandom random;
    private final RandomMessages messages;
    private int ids;

    RandomCommands(long seed) {
        random = new SplittableRandom(seed);
        messages = new RandomMessages(random);
    }

    /** Up to three people who were there before. */
    Neighbourhood people(Instant now) {
        var around = new Neighbourhood();
        for (int i = random.nextInt(PEOPLE); i > 0; i--) {
            Customer person = Customer.fresh(id(), now.minusSeconds(i));
            around.add(person.with(new Customer.Life(now.minusSeconds(i), now.minusSeconds(i), chance(3))));
        }
        return around;
    }

    Policy policy() {
        var brands = Map.of(BRANDS.getFirst(), brand(), BRANDS.getLast(), brand());
        Set<ContactType> verified = random.nextInt(4) == 0 ? Set.of() : EnumSet.allOf(ContactType.class);
        return new Policy(verified, random.nextBoolean(), brands, Limits.DEFAULT);
    }

    private BrandPolicy brand() {
        var gated = EnumSet.noneOf(Channel.class);
        if (random.nextInt(3) > 0) {
            gated.add(Channel.EMAIL);
        }
        if (random.nextInt(3) == 0) {
            gated.add(Channel.SMS);
        }
        return new BrandPolicy(gated, Set.copyOf(TOPICS), false);
    }

    Duration pause() {
        return PAUSES.get(random.nextInt(PAUSES.size()));
    }

    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    CustomerCommand command(Neighbourhood around, Policy policy, Instant now) {
        if (around.customers().size() < PEOPLE && chance(6)) {
            return registration();
        }
        Who who = who(around);
        boolean isGone = who instanceof Who.ByChallenge && around.find(who).isEmpty();
        var changes = new ArrayList<Change>();
        if (who instanceof Who.ByChallenge(UUID challenge)) {
            changes.add(switch (random.nextInt(5)) {
                case 0 -> new Change.AskAgain(challenge);
                case 1 -> new Change.AnswerTicket(challenge);
                default -> new Change.AnswerChallenge(challenge, answer());
            });
        }
        for (int i = random.nextInt(3); i > 0 && !isGone || changes.isEmpty(); i--) {
            add(changes, around, policy, now);
        }
        if (chance(40) && !isGone) {
            changes.add(new Change.Erase());
        }
        IfUnknown unknown = around.customers().size() < PEOPLE ? IfUnknown.CREATE : IfUnknown.REFUSE;
        return command(who, unknown, changes);
    }

    private CustomerCommand command(Who who, IfUnknown unknown, List<Change> changes) {
        var origin = new Origin("test", Optional.empty(), "somebody", random.nextBoolean());
        return new CustomerCommand(who, unknown, changes, origin, new Fresh(id(), id(), id()));
    }

    /** Register, or Create and subscribe. */
    private CustomerCommand registration() {
        var changes = new ArrayList<Change>();
        ContactRoute route = one(List.of(ContactRoute.VERIFYING, ContactRoute.NOT_VERIFYING,
                ContactRoute.CREATE_AND_SUBSCRIBE));
        for (ContactType type : ContactType.values()) {
            if (type == ContactType.EMAIL || chance(2)) {
                changes.add(new Change.FillContact(type, value(type), route, chance(3)));
            }
        }
        if (chance(3)) {
            List<String> id = one(IDS);
            changes.add(new Change.SetExternalId(id.getFirst(), id.getLast()));
        }
        changes.add(new Change.SetSubscription(one(BRANDS), one(NODES), Way.REGISTER, Instruction.SUBSCRIBE));
        changes.add(new Change.Deduplicate());
        if (chance(10)) {
            changes.add(fill());
        }
        return command(new Who.Newcomer(), IfUnknown.CREATE, changes);
    }

    private Who who(Neighbourhood around) {
        return switch (random.nextInt(9)) {
            case 8 -> several(around);
            case 0 -> new Who.ByContact(ContactType.EMAIL, one(EMAILS));
            case 1 -> new Who.ByContact(ContactType.MOBILE, one(MOBILES));
            case 2 -> externalId(one(IDS));
            case 3, 4 -> challenge(around);
            default -> new Who.ById(person(around));
        };
    }

    private Who several(Neighbourhood around) {
        return new Who.ByAnyOf(List.of(externalId(one(IDS)), new Who.ById(person(around)),
                new Who.ByAccess(ContactType.EMAIL, one(EMAILS))));
    }

    private static Who externalId(List<String> id) {
        return new Who.ByExternalId(id.getFirst(), id.getLast());
    }

    private Who challenge(Neighbourhood around) {
        Collection<Challenge> known = around.challenges();
        return known.isEmpty() ? new Who.Newcomer()
                : new Who.ByChallenge(one(List.copyOf(known)).id());
    }

    /** Somebody living, merged away, or never seen. */
    private UUID person(Neighbourhood around) {
        var known = new ArrayList<>(around.customers().stream().map(Customer::id).toList());
        known.addAll(around.merged().keySet());
        known.add(new UUID(9, 9));
        return one(known);
    }

    private void add(List<Change> changes, Neighbourhood around, Policy policy, Instant now) {
        switch (random.nextInt(32)) {
            case 0, 1, 2, 3 -> changes.add(fill());
            case 4 -> changes.add(new Change.ClearContact(type()));
            case 5, 6, 7 -> changes.add(confirm(now));
            case 8 -> changes.add(new Change.UnverifyContact(type()));
            case 9, 10, 11, 12, 13 -> changes.add(new Change.SetSubscription(one(BRANDS), one(NODES), way(),
                    instruction()));
            case 14 -> changes.add(new Change.SetProfile(patch(), random.nextBoolean()));
            case 15 -> {
                List<String> id = one(IDS);
                changes.add(new Change.SetExternalId(id.getFirst(), id.getLast()));
            }
            case 16 -> changes.add(new Change.MergeWith(person(around)));
            case 17, 18 -> changes.add(messages.typed());
            case 19, 20 -> messages.ask(changes);
            case 21 -> changes.add(new Change.Deduplicate());
            case 22, 23 -> changes.add(messages.delivery());
            case 24 -> changes.add(new Change.MergeNamed(several(around)));
            case 25 -> changes.add(new Change.IfBlank(fill()));
            case 26, 27 -> changes.addFirst(followed()); // what was before is then known
            default -> form(changes, policy);
        }
    }

    private Change followed() {
        if (chance(6)) {
            return new Change.IssueAction(one(BRANDS), "voted", Map.of("answer", "yes"));
        }
        Node node = random.nextBoolean() ? Node.of(Channel.EMAIL) : Node.of(Channel.EMAIL, one(TOPICS));
        return new Change.FollowLink(one(BRANDS), node, ContactType.EMAIL, one(EMAILS),
                one(List.of(Change.Link.values())));
    }

    private Profile.Patch patch() {
        var fields = new HashMap<String, Object>(Map.of("size", random.nextInt(3)));
        int more = chance(20) ? Profile.MOST_FIELDS : 0; // together more than one customer may have
        for (int i = 0; i < more; i++) {
            fields.put("field" + i, i);
        }
        return new Profile.Patch(Optional.of(one(List.of("Ann", "Bob", ""))), Optional.empty(), fields,
                Optional.empty(), Optional.empty());
    }

    /** A form comes with its address, so that the person holds it. */
    private void form(List<Change> changes, Policy policy) {
        if (RandomMessages.isMailed(changes)) {
            return;
        }
        String email = one(EMAILS);
        BrandId brand = one(BRANDS);
        var topics = new TreeSet<TopicId>();
        TOPICS.stream().filter(_ -> random.nextBoolean()).forEach(topics::add);
        changes.add(new Change.FillContact(ContactType.EMAIL, email, one(List.of(ContactRoute.values()))));
        changes.add(new Change.SubmitForm(brand, email, topics, "form",
                policy.brand(brand).doubleOptIn().contains(Channel.EMAIL), COOLDOWN));
    }

    private Change fill() {
        ContactType type = type();
        return new Change.FillContact(type, value(type), one(List.of(ContactRoute.values())), chance(4));
    }

    private Change confirm(Instant now) {
        ContactType type = type();
        return new Change.ConfirmContact(type, value(type), now.minusSeconds(random.nextInt(100)));
    }

    private ContactType type() {
        return random.nextInt(3) == 0 ? ContactType.MOBILE : ContactType.EMAIL;
    }

    private String value(ContactType type) {
        return one(type == ContactType.EMAIL ? EMAILS : MOBILES);
    }

    private Way way() {
        return Way.values()[random.nextInt(Way.values().length)];
    }

    private Instruction instruction() {
        return random.nextBoolean() ? Instruction.SUBSCRIBE
                : Instruction.values()[random.nextInt(Instruction.values().length)];
    }

    private Change.Answer answer() {
        return chance(3) ? Change.Answer.REJECT : Change.Answer.CONFIRM;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private UUID id() {
        return new UUID(0, ++ids);
    }
}
