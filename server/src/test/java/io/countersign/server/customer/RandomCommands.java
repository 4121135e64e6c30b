package io.countersign.server.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Code;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.DeliveryReport;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.Change.Answer;
import io.countersign.domain.customer.Customer;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Effect;
import io.countersign.domain.customer.Neighbourhood;
import io.countersign.domain.customer.Profile;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.Way;
import io.countersign.server.confirmation.CodeStore;
import io.countersign.server.confirmation.Codes;
import io.countersign.server.project.Topic;
import io.countersign.server.testing.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;

/** Commands of every kind about a few people, so that they meet; the same seed makes the same sequence. */
final class RandomCommands {
    private static final List<String> EMAILS = List.of("a@example.org", "b@example.org", "c@example.org",
            "d@example.org", "e@example.org");
    private static final List<String> PHONES = List.of("+4915112345671", "+4915112345672", "+4915112345673");

    private final Api api;
    private final Codes codes;
    private final Random random;
    private final Neighbourhood model;
    private final BrandId shop;
    private final List<TopicId> topics;
    private final List<UUID> ids = new ArrayList<>();
    private int mailed;

    RandomCommands(Api api, ProjectId project, Random random, Neighbourhood model) {
        this.api = api;
        this.codes = new Codes(api.node.secrets);
        this.random = random;
        this.model = model;
        this.shop = api.catalog().brand(project, "shop").orElseThrow().id();
        this.topics = api.catalog().topics(project, shop).stream().map(Topic::id).toList();
    }

    /** As the model stands now; ids and challenges that the batch itself makes are not named in it. */
    List<Submission> batch(int size) {
        model.customers().stream().map(Customer::id).filter(id -> !ids.contains(id)).forEach(ids::add);
        var batch = new ArrayList<Submission>();
        while (batch.size() < size) {
            batch.add(Submission.of(command()));
        }
        return batch;
    }

    private CustomerCommand command() {
        var origin = new Origin("test", Optional.empty(), "test", random.nextBoolean());
        Optional<Challenge> challenge = pick(List.copyOf(model.challenges()));
        if (challenge.isPresent() && random.nextInt(4) == 0) {
            UUID id = challenge.get().id();
            var change = switch (random.nextInt(6)) {
                case 0, 1 -> new Change.AskAgain(id);
                case 2 -> new Change.AnswerTicket(id);
                default -> new Change.AnswerChallenge(id, random.nextInt(3) == 0 ? Answer.REJECT : Answer.CONFIRM);
            };
            return new CustomerCommand(new Who.ByChallenge(id), IfUnknown.REFUSE, List.of(change), origin,
                    api.customers.fresh());
        }
        if (random.nextInt(4) == 0) {
            return signUp(origin);
        }
        if (random.nextInt(8) == 0) {
            return registration(origin);
        }
        var changes = new ArrayList<Change>();
        do {
            changes.add(change());
        } while (random.nextInt(3) > 0);
        if (random.nextInt(4) == 0) {
            changes.add(message());
        }
        if (random.nextInt(40) == 0) {
            changes = new ArrayList<>(List.of(new Change.Erase()));
        }
        return new CustomerCommand(who(), random.nextInt(3) == 0 ? IfUnknown.REFUSE : IfUnknown.CREATE,
                changes, origin, api.customers.fresh());
    }

    private CustomerCommand signUp(Origin origin) {
        String email = one(EMAILS);
        var changes = List.<Change>of(new Change.FillContact(ContactType.EMAIL, email,
                random.nextBoolean() ? ContactRoute.VERIFYING : ContactRoute.NOT_VERIFYING),
                new Change.SubmitForm(shop, email, new TreeSet<>(List.of(one(topics))), "newsletter",
                        random.nextInt(4) > 0, Duration.ofSeconds(60)));
        return new CustomerCommand(new Who.ByContact(ContactType.EMAIL, email), IfUnknown.CREATE, changes,
                origin, api.customers.fresh());
    }

    /** Register, or Create and subscribe. */
    private CustomerCommand registration(Origin origin) {
        ContactRoute route = one(List.of(ContactRoute.VERIFYING, ContactRoute.NOT_VERIFYING,
                ContactRoute.CREATE_AND_SUBSCRIBE));
        var changes = new ArrayList<Change>();
        changes.add(new Change.FillContact(ContactType.EMAIL, one(EMAILS), route, random.nextInt(4) == 0));
        if (random.nextBoolean()) {
            changes.add(new Change.FillContact(ContactType.MOBILE, one(PHONES), route, random.nextInt(4) == 0));
        }
        if (random.nextInt(4) == 0) {
            changes.add(new Change.SetExternalId("crm", one(List.of("1", "2", "3"))));
        }
        changes.add(new Change.SetSubscription(shop, node(), Way.REGISTER, Instruction.SUBSCRIBE));
        changes.add(new Change.Deduplicate());
        return new CustomerCommand(new Who.Newcomer(), IfUnknown.CREATE, changes, origin, api.customers.fresh());
    }

    private Change message() {
        Purpose purpose = random.nextInt(3) == 0 ? Purpose.AUTHORIZE : Purpose.CONFIRM_CONTACT;
        var proves = new Change.Proves(purpose, Duration.ofMinutes(10), Challenge.Asked.CHANNEL);
        return random.nextInt(6) == 0
                ? new Change.OpenChallenge(Purpose.AUTHORIZE, type(), shop, Duration.ofHours(1))
                : new Change.SendMessage(shop, type(), one(List.of(Change.Recipient.values())), Optional.of(proves),
                        "text", Optional.of("192.0.2.0/24"));
    }

    private ContactType type() {
        return one(List.of(ContactType.values()));
    }

    private Change typed() {
        var typed = codes.typed(code(random.nextInt(4) == 0 ? 0 : Math.max(0, mailed - random.nextInt(4))));
        return new Change.AnswerCode(random.nextInt(3) == 0 ? Purpose.AUTHORIZE : Purpose.CONFIRM_CONTACT, type(),
                typed, Optional.of("192.0.2.0/24"));
    }

    /** The messages go, and with them their codes. */
    List<CodeStore.Sent> sent(List<Decision> decisions, Instant now) {
        return decisions.stream().flatMap(decision -> decision.effects().stream())
                .filter(Effect.MessageQueued.class::isInstance).map(Effect.MessageQueued.class::cast)
                .flatMap(message -> message.challenge().stream().map(challenge -> new CodeStore.Sent(new Code(challenge,
                        codes.typed(code(++mailed)).apply(challenge), now.plus(Duration.ofMinutes(10))),
                        message.message())))
                .toList();
    }

    private static String code(int number) {
        return String.format("%06d", number);
    }

    private Who who() {
        return switch (random.nextInt(6)) {
            case 0 -> new Who.Newcomer();
            case 1 -> pick(ids).<Who>map(Who.ById::new).orElse(new Who.Newcomer());
            case 2 -> new Who.ByExternalId("crm", one(List.of("1", "2", "3")));
            case 3 -> new Who.ByContact(ContactType.MOBILE, one(PHONES));
            default -> new Who.ByContact(ContactType.EMAIL, one(EMAILS));
        };
    }

    private Change change() {
        ContactType type = type();
        String value = type == ContactType.EMAIL ? one(EMAILS) : one(PHONES);
        return switch (random.nextInt(17)) {
            case 0, 1, 2, 3 -> new Change.FillContact(type, value, one(List.of(ContactRoute.values())),
                    random.nextInt(5) == 0);
            case 12, 13 -> typed();
            case 14, 15 -> random.nextInt(4) == 0 ? new Change.RestoreContact(type, value)
                    : new Change.ReportDelivery(type, value, one(List.of(DeliveryReport.values())));
            case 4, 5, 6 -> new Change.ConfirmContact(type, value, api.node.clock.instant());
            case 7 -> random.nextBoolean() ? new Change.ClearContact(type) : new Change.UnverifyContact(type);
            case 8, 9 -> new Change.SetSubscription(shop, node(), one(List.of(Way.values())),
                    one(List.of(Instruction.values())));
            case 10 -> new Change.SetProfile(new Profile.Patch(Optional.of(one(List.of("Ann", "Bob", ""))),
                    Optional.empty(), Map.of("city", one(List.of("Bonn", "Ulm", ""))), Optional.empty(),
                    Optional.empty()), random.nextBoolean());
            case 11 -> new Change.SetExternalId("crm", one(List.of("1", "2", "3")));
            default -> pick(ids).<Change>map(Change.MergeWith::new).orElse(new Change.ClearContact(type));
        };
    }

    private Node node() {
        Channel channel = random.nextInt(3) == 0 ? Channel.SMS : Channel.EMAIL;
        return switch (random.nextInt(3)) {
            case 0 -> Node.BRAND;
            case 1 -> Node.of(channel);
            default -> Node.of(channel, one(topics));
        };
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private <T> Optional<T> pick(List<T> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(one(list));
    }
}
