package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.domain.subscription.Way;
import io.countersign.server.customer.CustomerFilter.Subscribed;
import io.countersign.server.customer.CustomerLists.Page;
import io.countersign.server.platform.http.Paging;
import io.countersign.server.subscription.SubscriptionStore;
import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has which status, in SQL, is who has it by the rules of the tree: for everybody, at every node. */
class CustomerFilterTest {
    private static final int PEOPLE = 90;
    private static final Instruction[] INSTRUCTIONS = Instruction.values();
    private static Api api;
    private static BrandId shop;
    private static TopicId news;
    private static TopicId vip;
    private static Map<UUID, SubscriptionTree> trees;

    @BeforeAll
    static void people() {
        api = new Api();
        shop = api.brand("shop").id();
        news = api.catalog().topic(api.project, shop, "news").orElseThrow().id();
        vip = api.catalog().topic(api.project, shop, "vip").orElseThrow().id();
        var random = new Random(20);
        var nodes = List.of(Node.BRAND, Node.of(Channel.EMAIL), Node.of(Channel.SMS), Node.of(Channel.EMAIL, news),
                Node.of(Channel.EMAIL, vip), Node.of(Channel.SMS, vip));
        for (int i = 0; i < PEOPLE; i++) {
            var changes = new ArrayList<Change>();
            if (i % 7 != 0) {
                changes.add(new Change.FillContact(ContactType.EMAIL, "p" + i + "@example.org", i % 2 == 0
                        ? ContactRoute.VERIFYING : ContactRoute.NOT_VERIFYING));
            }
            for (int n = random.nextInt(4); n > 0; n--) {
                Way way = random.nextInt(3) == 0 ? Way.APPEND : Way.FILE_EDIT;
                changes.add(new Change.SetSubscription(shop, nodes.get(random.nextInt(nodes.size())), way,
                        way == Way.APPEND ? Instruction.SUBSCRIBE : INSTRUCTIONS[random.nextInt(3)]));
            }
            CustomerCommand command = api.command(new Who.ByExternalId("n", "" + i), changes.toArray(Change[]::new));
            var named = new ArrayList<Change>(List.of(new Change.SetExternalId("n", "" + i)));
            named.addAll(command.changes());
            api.apply(Submission.of(new CustomerCommand(command.who(), command.ifUnknown(), named, command.origin(),
                    command.fresh())));
        }
        List<UUID> everybody = api.node.database.with(tx -> tx.list(
                "select customer_id from customers where project_id = ? order by customer_id",
                row -> row.uuid("customer_id"), api.project.value()));
        assertThat(everybody).hasSize(PEOPLE);
        trees = everybody.stream().collect(Collectors.toMap(id -> id, CustomerFilterTest::tree));
    }

    private static SubscriptionTree tree(UUID id) {
        return SubscriptionStore.trees(api.node.database.with(tx ->
                SubscriptionStore.of(tx, api.project.value(), List.of(id)))).getOrDefault(shop, SubscriptionTree.EMPTY);
    }

    @AfterAll
    static void close() {
        api.close();
    }

    /** All pages, of four each, with windows that are far too small. */
    private static List<UUID> found(Subscribed subscribed) {
        var filter = new CustomerFilter(Optional.of(subscribed), ContactType.EMAIL, Optional.empty(), Optional.empty());
        var found = new ArrayList<UUID>();
        var after = new UUID(0, 0);
        for (int pages = 0; pages < 10 * PEOPLE; pages++) {
            var store = new CustomerFilterStore(api.project.value(), filter, after, 7);
            Page page = CustomerLists.filtered(api.node.database.with(tx -> store.find(tx, 5)),
                    new Paging(4, Optional.empty()));
            found.addAll(page.ids());
            if (page.next().isEmpty()) {
                found.retainAll(trees.keySet());    // those whom other tests made are not compared
                return found;
            }
            after = UUID.fromString(new String(java.util.Base64.getUrlDecoder().decode(page.next().get()),
                    java.nio.charset.StandardCharsets.UTF_8));
        }
        throw new AssertionError("no end");
    }

    private static List<UUID> expected(Predicate<SubscriptionTree> holds) {
        return new TreeSet<>(trees.keySet()).stream().filter(id -> holds.test(trees.get(id))).toList();
    }

    @Test
    void everyStatusAtEveryNode_explicitAndImplicitAlike() {
        var nodes = Stream.concat(Stream.of(Node.BRAND), Stream.of(Channel.EMAIL, Channel.SMS).flatMap(
                channel -> Stream.of(Node.of(channel), Node.of(channel, news), Node.of(channel, vip)))).toList();
        for (Node node : nodes) {
            for (SubscriptionStatus status : SubscriptionStatus.values()) {
                if (status != SubscriptionStatus.NO_DATA || node.equals(Node.BRAND)) {
                    assertThat(found(new Subscribed.At(shop, node, status))).as(node + " " + status)
                            .isEqualTo(expected(tree -> tree.effective(node) == status));
                }
            }
        }
    }

    @Test
    void subscribedToAnything_isTheChannelOrAtLeastOneTopic() {
        for (List<Channel> channels : List.of(List.of(Channel.EMAIL), List.of(Channel.values()))) {
            assertThat(found(new Subscribed.ToAnything(shop, channels, List.of(news, vip)))).isEqualTo(expected(tree ->
                    channels.stream().anyMatch(channel -> Stream.of(Node.of(channel), Node.of(channel, news),
                            Node.of(channel, vip)).anyMatch(node ->
                            tree.effective(node) == SubscriptionStatus.SUBSCRIBED))));
        }
    }

    @Test
    void overHttp_filtersArePagedAndCombined() {
        Answer first = api.get("/v1/customers?brand=shop&channel=email&status=requires_confirmation&limit=3");
        assertThat(first.status()).as(first.response().body()).isEqualTo(200);
        assertThat(first.json().path("customers").size()).isEqualTo(3);
        Answer second = api.get("/v1/customers?brand=shop&channel=email&status=requires_confirmation&limit=3&cursor="
                + first.text("next"));
        assertThat(second.json().path("customers").get(0).path("id").asString())
                .isGreaterThan(first.json().path("customers").get(2).path("id").asString());
        Answer pending = api.get("/v1/customers?brand=shop&channel=email&topic=vip&status=subscribed"
                + "&verification=pending&limit=200");
        assertThat(pending.json().path("customers")).isNotEmpty().allSatisfy(customer ->
                assertThat(customer.path("contacts").get(0).path("verification").asString()).isEqualTo("pending"));
        assertThat(api.get("/v1/customers?brand=shop&subscribed_to_anything=true&channel=email").status())
                .isEqualTo(200);
        assertThat(api.get("/v1/customers?brand=shop&status=no_data").status()).isEqualTo(200);
        assertThat(api.send(Api.OTHER_OWNER, "GET", "/v1/customers?brand=shop&channel=email&status=subscribed").json()
                .path("customers").size()).isZero();
    }

    @Test
    void overHttp_contactsAreLookedForByWhatWaits() {
        api.post("/v1/customers", "{\"external_ids\":{\"c\":\"1\"},\"contacts\":{\"mobile\":\"+4915112345670\"}}");
        api.post("/v1/customers", "{\"external_ids\":{\"c\":\"2\"}}");
        var two = api.node.database.with(tx -> tx.list("""
                select customer_id from external_ids
                where project_id = ? and name = 'c' order by value""", row -> row.uuid("customer_id"),
                api.project.value()));
        for (int i = 0; i < two.size(); i++) {
            api.update("""
                    insert into contact_points (project_id, contact_id, customer_id, type, value, slot, verification,
                                                created_at)
                    values (?, ?, ?, 'mobile', '+4915112345671', 'non_primary', 'pending', now())
                    """, api.project.value(), 9_000_000_000L + i, two.get(i));
        }
        assertThat(external("contact=two&type=mobile")).containsExactly("1");
        assertThat(external("contact=only_non_primary&type=mobile")).containsExactly("2");
        assertThat(external("contact=two")).isEmpty();
        assertThat(external("verification=no_data&type=mobile")).containsExactly("1");
    }

    private static List<String> external(String query) {
        Answer answer = api.get("/v1/customers?" + query);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        var ids = new ArrayList<String>();
        answer.json().path("customers").forEach(customer ->
                ids.add(customer.path("external_ids").path("c").asString("")));
        return ids;
    }

    @ParameterizedTest
    @CsvSource({
        "brand=shop&channel=email&status=no_data,invalid_value,status",
        "brand=shop&channel=email&topic=news&status=no_data,invalid_value,status",
        "brand=shop&topic=news&status=subscribed,missing_field,channel",
        "brand=shop&channel=email,missing_field,status",
        "status=subscribed,missing_field,brand",
        "brand=none&status=subscribed,invalid_value,brand",
        "brand=shop&channel=email&topic=none&status=subscribed,invalid_value,topic",
        "brand=shop&channel=fax&status=subscribed,invalid_value,channel",
        "brand=shop&status=maybe,invalid_value,status",
        "brand=shop&subscribed_to_anything=perhaps,invalid_value,subscribed_to_anything",
        "brand=shop&subscribed_to_anything=true&status=subscribed,invalid_value,subscribed_to_anything",
        "type=mobile,missing_field,verification",
        "contact=three,invalid_value,contact",
        "email=a@example.org&verification=pending,invalid_value,''",
    })
    void refusesWhatCannotBeAsked(String query, String code, String field) {
        Answer refused = api.get("/v1/customers?" + query);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.field()).isEqualTo(field);
    }
}
