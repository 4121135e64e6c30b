package io.countersign.server.testing;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.Way;
import io.countersign.server.customer.Submission;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.MessageLink;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.platform.Ids;
import io.countersign.server.project.Topic;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** People with statuses of all kinds, messages of campaigns that they were sent, and the links in those. */
public final class LinkScene implements AutoCloseable {
    public static final String FORM = "application/x-www-form-urlencoded";

    public final Api api = new Api();
    public final SignedLinks links = new SignedLinks(api.node.secrets);
    private final AtomicInteger count = new AtomicInteger();

    /** Somebody, and the one message that he was sent. */
    public record Person(String email, UUID id, UUID message) {}

    public Node channel() {
        return Node.of(Channel.EMAIL);
    }

    public Node topic(String slug) {
        return Node.of(Channel.EMAIL, topicOf(slug).id());
    }

    private Topic topicOf(String slug) {
        return api.catalog().topic(api.project, api.brand("shop").id(), slug).orElseThrow();
    }

    /** Somebody without any subscription, who was sent a message of a campaign; no topic is an empty text. */
    public Person person(String topic) {
        String email = "person" + count.incrementAndGet() + "@example.org";
        UUID id = api.apply(Submission.of(api.command(new Who.ByContact(ContactType.EMAIL, email),
                new Change.FillContact(ContactType.EMAIL, email, ContactRoute.VERIFYING)))).customer().orElseThrow();
        return new Person(email, id, message(email, id, topic));
    }

    /** Somebody with this status at a node. */
    public Person person(String topic, Node node, SubscriptionStatus status) {
        Person person = person(topic);
        set(person, node, status);
        return person;
    }

    public void set(Person person, Node node, SubscriptionStatus status) {
        if (status != SubscriptionStatus.NO_DATA) {
            api.apply(Submission.of(api.command(new Who.ById(person.id()), new Change.SetSubscription(
                    api.brand("shop").id(), node, Way.MANUAL, switch (status) {
                        case SUBSCRIBED -> Instruction.SUBSCRIBE;
                        case UNSUBSCRIBED -> Instruction.UNSUBSCRIBE;
                        case REQUIRES_CONFIRMATION, NO_DATA -> Instruction.AWAIT_CONFIRMATION;
                    }))));
        }
    }

    /** A message that was sent now, of a campaign of its own. */
    public UUID message(String email, UUID customer, String topic) {
        var id = api.customers.fresh().message();
        Integer topicId = topic.isEmpty() ? null : topicOf(topic).id().value();
        api.update("""
                with campaign as (
                    insert into campaigns (project_id, slug, name, brand_id, channel, topic_id, kind, profile, state,
                                           created_by, created_at, changed_at)
                    values (?, ?, 'Spring', ?, 'email', ?, 'automated', 'standard', 'ready', 'test', ?, ?)
                    returning campaign_id)
                insert into messages (project_id, message_id, customer_id, contact_id, brand_id, channel, kind,
                                      recipient, state, due_at, created_at, done_at, campaign_id)
                select ?, ?, ?, 1, ?, 'email', 'campaign', ?, 'sent', ?, ?, ?, campaign_id from campaign""",
                api.project.value(), "c" + count.incrementAndGet(), api.brand("shop").id().value(), topicId,
                api.node.clock.instant(), api.node.clock.instant(), api.project.value(), id, customer,
                api.brand("shop").id().value(), email, api.node.clock.instant(), api.node.clock.instant(),
                api.node.clock.instant());
        return id;
    }

    /** The path of a link in a person's message. */
    public String path(Person person, LinkKind kind) {
        return prefix(kind) + links.text(new MessageLink(api.project, kind, person.message(), 0));
    }

    /** The path of a link that carries an address elsewhere. */
    public String path(Person person, LinkKind kind, int number, String to) {
        return prefix(kind) + links.text(new MessageLink(api.project, kind, person.message(), number), to) + "?to="
                + URLEncoder.encode(to, StandardCharsets.UTF_8);
    }

    private static String prefix(LinkKind kind) {
        return switch (kind) {
            case CONFIRM_CHANNEL, CONFIRM_TOPIC -> "/c/";
            case UNSUBSCRIBE_CHANNEL, UNSUBSCRIBE_TOPIC -> "/u/";
            case PREFERENCES -> "/p/";
            case OPEN, CLICK -> "/t/";
            case PRIVACY -> "/privacy/";
            case TICKET -> "";
            default -> throw new IllegalArgumentException(kind.name());
        };
    }

    public HttpResponse<String> get(String path, String... headers) {
        var request = api.request(path).header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return api.exchange(request);
    }

    public HttpResponse<String> post(String path, String body) {
        return post(path, FORM, body);
    }

    public HttpResponse<String> post(String path, String type, String body) {
        return api.exchange(api.request(path).header("Content-Type", type).header("User-Agent", "Firefox")
                .POST(BodyPublishers.ofString(body)));
    }

    /** As the customer's document shows a node; {@code no_data} where it shows none. */
    public String status(Person person, String topic) {
        for (JsonNode node : document(person).path("subscriptions")) {
            if (node.path("brand").asString().equals("shop") && node.path("channel").asString("").equals("email")
                    && node.path("topic").asString("").equals(topic)) {
                return node.path("status").asString();
            }
        }
        return "no_data";
    }

    public String verification(Person person) {
        return document(person).path("contacts").get(0).path("verification").asString();
    }

    public JsonNode document(Person person) {
        return api.get("/v1/customers/" + Ids.show("cus", person.id())).json();
    }

    /** What happened to the person's message, in order; a machine's in brackets. */
    public List<String> events(Person person) {
        return new ArrayList<>(api.node.database.with(tx -> tx.list("""
                select case when automatic then '(' || kind || ')' else kind end as kind from message_events
                where project_id = ? and message_id = ? order by event_id""",
                row -> row.text("kind"), api.project.value(), person.message())));
    }

    public void optIn(boolean on) {
        api.node.provision("projects: [ { slug: acme, brands: [ { slug: shop, double_opt_in: { email: " + on
                + " } } ] } ]");
    }

    @Override
    public void close() {
        api.close();
    }
}
