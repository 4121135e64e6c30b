package io.countersign.server.proof;

import static io.countersign.server.proof.ProofWords.text;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Topic;
import io.countersign.server.proof.ProofView.Act;
import io.countersign.server.proof.ProofView.Change;
import io.countersign.server.proof.ProofView.Fact;
import io.countersign.server.proof.ProofView.Head;
import io.countersign.server.proof.ProofView.Text;
import io.countersign.server.proof.ProofView.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Makes of a proof document what its page shows. */
final class ProofReader {
    /** What is known of an act, in the order of its page; labels are called like the members. */
    private static final List<String> KNOWN = List.of("form", "form_version", "page", "ip", "user_agent", "integration",
            "operation", "message");
    /** What became of a contact's validity is no matter of consent. */
    private static final Set<String> VALIDITY = Set.of("valid", "invalid");

    private final Catalog catalog;
    private final ProjectId project;
    private final ProofWords words;

    ProofReader(Catalog catalog, ProjectId project, Texts texts) {
        this.catalog = catalog;
        this.project = project;
        this.words = new ProofWords(texts);
    }

    ProofView read(JsonNode document) {
        JsonNode person = document.path("customer");
        return new ProofView(head(document), person.path("subscriptions").valueStream().map(this::standing).toList(),
                person.path("consents").valueStream().map(this::act).toList(),
                person.path("history").valueStream().flatMap(entry -> change(entry).stream()).toList(),
                document.path("messages").valueStream().map(this::message).toList());
    }

    private Head head(JsonNode document) {
        JsonNode chains = document.path("chains");
        boolean intact = chains.valueStream().allMatch(chain -> chain.path("as_recorded").asBoolean(false));
        return new Head(words.made(Time.of(text(document, "made_at")), text(document, "made_for")), intact,
                words.say(intact ? "intact" : "broken"), person(document.path("customer"), chains));
    }

    private List<Fact> person(JsonNode person, JsonNode chains) {
        var facts = new ArrayList<Fact>();
        String name = (text(person, "first_name") + " " + text(person, "last_name")).strip();
        if (!name.isEmpty()) {
            facts.add(Fact.of(words.say("name"), name));
        }
        person.path("contacts").forEach(contact -> facts.add(Fact.of(words.contact(text(contact, "type")),
                text(contact, "value") + " – " + words.status(text(contact, "slot").equals("non_primary")
                        ? "non_primary" : text(contact, "verification"))).since(time(contact, "verified_at"))));
        facts.add(Fact.of(words.say("customer"), text(person, "id")));
        chains.valueStream().map(chain -> text(chain, "hash")).filter(hash -> !hash.isEmpty())
                .forEach(hash -> facts.add(Fact.hash(words.say("seal"), hash)));
        return facts;
    }

    private Fact standing(JsonNode node) {
        return Fact.of(node(node), words.status(text(node, "status"))).since(time(node, "changed_at"));
    }

    private Act act(JsonNode consent) {
        var facts = new ArrayList<Fact>();
        KNOWN.forEach(member -> words.fact(consent, member, member).ifPresent(facts::add));
        facts.add(Fact.of(words.say("by"), words.actor(text(consent, "actor"))));
        facts.add(Fact.hash(words.say("record"), text(consent, "id") + " " + consent.at("/chain/hash").asString("")));
        return new Act(Time.of(text(consent, "at")), words.act(text(consent, "kind")), facts,
                texts(consent, "wording", "shown", "mail", "mail"));
    }

    private Optional<Change> change(JsonNode entry) {
        String kind = text(entry, "kind");
        String before = text(entry, "before");
        String after = text(entry, "after");
        boolean ofContact = kind.equals("contact") && !VALIDITY.contains(text(entry, "change"))
                && !before.equals(after);
        return kind.equals("subscription") || ofContact
                ? Optional.of(new Change(Time.of(text(entry, "at")), ofContact ? text(entry, "value") : node(entry),
                        words.status(before), words.status(after), words.way(text(entry, "source")),
                        words.actor(text(entry, "actor"))))
                : Optional.empty();
    }

    private Act message(JsonNode message) {
        var facts = new ArrayList<Fact>();
        words.fact(message, "recipient", "to").ifPresent(facts::add);
        String reason = ProofWords.plain(text(message, "reason"));
        facts.add(Fact.of(words.say("state"), words.state(text(message, "state"))
                + (reason.isEmpty() ? "" : " (" + reason + ")")).since(time(message, "done_at")));
        words.fact(message, "id", "message").ifPresent(facts::add);
        words.fact(message, "subject", "subject").ifPresent(facts::add);
        String shown = ReadableText.of(text(message, "text"));
        return new Act(Time.of(text(message, "created_at")), words.message(message), facts,
                shown.isEmpty() ? List.of() : List.of(new Text(words.say("sent"), shown)));
    }

    /** The texts of these members, with the keys of what they are called: member, key, member, key. */
    private List<Text> texts(JsonNode node, String... membersAndKeys) {
        var texts = new ArrayList<Text>();
        for (int i = 0; i < membersAndKeys.length; i += 2) {
            String shown = text(node, membersAndKeys[i]);
            if (!shown.isEmpty()) {
                texts.add(new Text(words.say(membersAndKeys[i + 1]), shown));
            }
        }
        return texts;
    }

    /** Brand, channel and topic by the names that people know; a topic that was deleted by what it was called. */
    private String node(JsonNode node) {
        Optional<Brand> brand = catalog.brand(project, text(node, "brand"));
        String topic = text(node, "topic");
        String called = node.has("topic_name") ? text(node, "topic_name") : brand.flatMap(of -> catalog.topic(project,
                of.id(), topic)).map(Topic::name).orElse(topic);
        return String.join(" · ", Stream.of(brand.map(Brand::name).orElse(text(node, "brand")),
                words.channel(text(node, "channel")), called).filter(part -> !part.isEmpty()).toList());
    }

    private static Optional<Time> time(JsonNode node, String member) {
        return Optional.of(text(node, member)).filter(at -> !at.isEmpty()).map(Time::of);
    }
}
