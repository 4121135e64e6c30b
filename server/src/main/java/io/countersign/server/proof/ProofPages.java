package io.countersign.server.proof;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.pages.BrandLook;
import io.countersign.server.platform.pages.InlineStyle;
import io.countersign.server.platform.pages.Languages;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Proof documents as pages: each is whole in itself, so that it can be saved, handed on and printed. */
public final class ProofPages {
    private final Pages pages;
    private final Languages languages;
    private final InlineStyle style = InlineStyle.load("proof.css");

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
        Texts texts = languages.in(look.language());
        return style.allowedIn(Reply.html(render(new ProofReader(catalog, project, texts).read(document), look,
                texts)));
    }

    public String render(ProofView view, BrandLook brand, Texts texts) {
        return pages.render("proof", Map.of("brand", brand, "style", style, "texts", texts, "view", view));
    }
}
