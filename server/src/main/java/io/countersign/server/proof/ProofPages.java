package io.countersign.server.proof;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.pages.BrandLook;
import io.countersign.server.platform.pages.ContentPolicy;
import io.countersign.server.platform.pages.Languages;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Proof documents as pages. */
public final class ProofPages {
    private static final List<String> FACTS = List.of("form", "form_version", "page", "ip", "user_agent", "integration",
            "operation", "actor", "message");

    private final Pages pages;
    private final Languages languages;

    public ProofPages(Pages pages, Languages languages) {
        this.pages = pages;
        this.languages = languages;
    }

    /** In the language of the brand that the customer has most to do with. */
    Reply page(Catalog catalog, ProjectId project, JsonNode proof) {
        JsonNode document = proof.path("document");
        Optional<Brand> brand = Stream.concat(document.at("/customer/subscriptions").valueStream()
                .flatMap(node -> catalog.brand(project, node.path("brand").asString("")).stream()),
                catalog.brands(project).stream()).findFirst();
        BrandLook look = brand.map(Brand::look).orElse(BrandLook.NONE);
        return ContentPolicy.of(Reply.html(render(view(document), look, languages.in(look.language()))), look,
                Optional.empty());
    }

    public String render(ProofView view, BrandLook brand, Texts texts) {
        String heading = texts.text("proof.heading");
        return pages.render("proof", Map.of("frame", pages.frame(heading, brand, texts), "texts", texts,
                "heading", heading, "view", view));
    }

    private static ProofView view(JsonNode document) {
        JsonNode person = document.path("customer");
        var who = new ArrayList<String>();
        person.path("contacts").forEach(contact -> who.add(contact.path("value").asString("")));
        who.add(person.path("id").asString(""));
        boolean intact = document.path("chains").valueStream()
                .allMatch(chain -> chain.path("as_recorded").asBoolean(false));
        return new ProofView(document.path("made_at").asString(""), document.path("made_for").asString(""), intact, who,
                person.path("consents").valueStream().map(ProofPages::act).toList(),
                person.path("history").valueStream().filter(entry -> entry.path("kind").asString("")
                        .equals("subscription")).map(ProofPages::change).toList());
    }

    private static ProofView.Act act(JsonNode consent) {
        var facts = FACTS.stream().filter(name -> !consent.path(name).isNull())
                .map(name -> new ProofView.Fact(name, consent.path(name).asString(""))).toList();
        return new ProofView.Act(consent.path("at").asString(""), consent.path("kind").asString(""), facts,
                consent.path("wording").asString(""), consent.path("mail").asString(""));
    }

    private static ProofView.Change change(JsonNode entry) {
        String node = Stream.of("brand", "channel", "topic").map(name -> entry.path(name).asString(""))
                .filter(name -> !name.isEmpty()).collect(Collectors.joining(" / "));
        return new ProofView.Change(entry.path("at").asString(""), node + ": " + entry.path("before").asString("")
                + " → " + entry.path("after").asString("") + " (" + entry.path("source").asString("") + ", "
                + entry.path("actor").asString("") + ")");
    }
}
