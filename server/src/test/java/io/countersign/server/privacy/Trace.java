package io.countersign.server.privacy;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Profile;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.consent.ConsentStore;
import io.countersign.server.customer.Submission;
import io.countersign.server.testing.LinkScene;
import io.countersign.server.testing.LinkScene.Person;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Somebody who has left something in every table that can have anything about a person. */
final class Trace {
    private static final String MOBILE = "+4915112345678";
    private static final String FIRST = "Tracefirst";
    private static final String LAST = "Tracelast";
    private static final String ID = "trace-crm-7";
    private static final String IP = "203.0.113.77";
    private static final String AGENT = "TraceAgent";
    private static final String WORDS = "trace-words";
    /** In the order of the parameters: project, customer, message, challenge, address, number, words. */
    private static final String ROWS = """
            with known as (select ?::integer as project, ?::uuid as customer, ?::uuid as message, ?::uuid as challenge,
                                  ?::text as address, ?::text as number, ?::text as words),
            campaign as (select c.campaign_id from campaigns c, known k where c.project_id = k.project limit 1),
            brand as (select min(b.brand_id) as brand_id from brands b, known k where b.project_id = k.project),
            a as (insert into tickets (project_id, secret_hash, challenge_id, message_id, created_at)
                  select project, 'secret', challenge, message, now() from known),
            b as (insert into codes (project_id, challenge_id, code_hash, message_id, created_at, expires_at)
                  select project, challenge, 'secret', message, now(), now() from known),
            c as (insert into authentication_tickets (project_id, secret_hash, kind, customer_id, created_at)
                  select project, 'secret', 'permanent', customer, now() from known),
            d as (insert into deliveries (project_id, message_id, attempt, at, result, reply)
                  select project, message, 1, now(), 'accepted', '250 ' || address from known),
            e as (insert into takes (project_id, take_id, campaign_id, until, messages)
                  select project, gen_random_uuid(), 1, now(), array[message] from known),
            f as (insert into caught_mails (message_id, at, sender, recipient, subject, raw)
                  select message, now(), 'shop@acme.test', address, words, convert_to(words, 'UTF8') from known),
            g as (insert into caught_sms (message_id, at, sender, recipient, text)
                  select message, now(), 'Acme', number, words from known),
            h as (insert into points (project_id, customer_id, balance, changed_at)
                  select project, customer, 1, now() from known),
            i as (insert into promo_pools (project_id, slug, name, created_at)
                  select project, 'gift', 'Gift', now() from known returning pool_id),
            j as (insert into promo_codes (project_id, pool_id, code, customer_id, issued_at, request)
                  select project, pool_id, 'GIFT-1', customer, now(), words from known, i),
            k as (insert into product_actions (project_id, action_id, customer_id, product_id, kind, at)
                  select project, gen_random_uuid(), customer, 'mug', 'viewed', now() from known),
            l as (insert into polls (project_id, brand_id, slug, name, question, created_at, changed_at)
                  select project, brand_id, 'tea', 'Tea', 'Tea?', now(), now() from known, brand returning poll_id),
            m as (insert into poll_votes (project_id, poll_id, customer_id, position, message_id, at)
                  select project, poll_id, customer, 1, message, now() from known, l),
            n as (insert into campaign_addresses (project_id, campaign_id, line, value)
                  select project, campaign_id, 1, address from known, campaign),
            o as (insert into suppressions (project_id, suppression_id, type, value, reason, actor, created_at)
                  select project, gen_random_uuid(), 'email', address, 'manual', 'operator:o@acme.test', now()
                  from known),
            p as (insert into contact_validity (project_id, type, value, reason, invalid_since)
                  select project, 'mobile', number, 'no_such_address', now() from known),
            q as (insert into feedback_unmatched (project_id, feedback_id, at, source, kind, reason, recipient, detail)
                  select project, gen_random_uuid(), now(), 'mail', 'bounce', 'unknown', upper(address), words
                  from known),
            r as (insert into guards (project_id, kind, value, count, since)
                  select project, 'failures_of_value', 'email:' || address, 1, now() from known),
            s as (insert into operation_calls (project_id, call_id, integration_id, operation, mode, state, status,
                                               message, received_at, done_at)
                  select project, gen_random_uuid(), 1, 'op', 'sync', 'done', 'ValidationError', words, now(), now()
                  from known),
            t as (insert into privacy_requests (project_id, request_id, customer_id, brand_id, message_id, kind, state,
                                                asked_at, confirmed_at, closed_at, due_at, decided_by, reason)
                  select project, gen_random_uuid(), customer, brand_id, gen_random_uuid(), 'erasure', 'refused', now(),
                         now(), now(), now(), 'operator:o@acme.test', words from known, brand)
            update messages m set parameters = jsonb_build_object('Words', k.words) from known k
            where m.project_id = k.project and m.message_id = k.message""";

    private final Person person;
    private final UUID challenge;

    private Trace(Person person, UUID challenge) {
        this.person = person;
        this.challenge = challenge;
    }

    static Trace leave(LinkScene scene) {
        var api = scene.api;
        Person person = scene.person("news");
        UUID id = person.id();
        var patch = new Profile.Patch(Optional.of(FIRST), Optional.of(LAST), Map.of("note", WORDS), Optional.of(WORDS),
                Optional.empty());
        api.apply(Submission.of(api.command(new Who.ById(id), new Change.SetProfile(patch, false),
                new Change.SetExternalId("crm", ID),
                new Change.FillContact(ContactType.MOBILE, MOBILE, ContactRoute.NOT_VERIFYING))));
        scene.set(person, scene.topic("vip"), SubscriptionStatus.SUBSCRIBED);
        api.apply(new Submission(api.signUp(person.email()).command(), Optional.of(new ConsentDraft(
                ConsentDraft.Kind.REQUEST, Optional.of("As I said: " + WORDS), Optional.empty(),
                new ConsentDraft.Request(Optional.of(IP), Optional.of(AGENT), Optional.of("https://shop.test/")),
                Optional.empty())), Optional.of("en")));
        UUID challenge = api.node.database.with(tx -> tx.one("select challenge_id from challenges",
                row -> row.uuid("challenge_id"))).orElseThrow();
        api.update(ROWS, api.project.value(), id, person.message(), challenge, person.email(), MOBILE, WORDS);
        api.update("""
                insert into message_events (project_id, event_id, message_id, customer_id, at, kind, detail, ip,
                                            user_agent)
                values (?, gen_random_uuid(), ?, ?, now(), 'click', ?, ?, ?)""", api.project.value(), person.message(),
                id, "https://shop.test/?" + WORDS, IP, AGENT);
        api.node.database.transaction(tx -> {
            ConsentStore.writeMails(tx, api.project.value(), List.of(
                    new ConsentStore.Shown(person.message(), id, "Hello, " + FIRST)));
            return null;
        });
        return new Trace(person, challenge);
    }

    Person person() {
        return person;
    }

    /** What tells of the person to whoever reads it. */
    List<String> words() {
        return List.of(person.email(), MOBILE, FIRST, LAST, ID, IP, AGENT, WORDS);
    }

    /** The same as patterns, also of bytes. */
    List<String> told() {
        return patterns(words().stream().flatMap(word ->
                Stream.of(word, HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8)))));
    }

    /** The same, and the ids that lead to the person as long as he is there. */
    List<String> all() {
        var all = new ArrayList<>(told());
        all.addAll(patterns(Stream.of(person.id(), person.message(), challenge).map(UUID::toString)));
        return all;
    }

    private static List<String> patterns(Stream<String> words) {
        return words.map(word -> "%" + word + "%").toList();
    }
}
