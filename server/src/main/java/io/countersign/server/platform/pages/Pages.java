package io.countersign.server.platform.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The template engine with the look that all pages share. Templates are compiled with the server, every
 * value they print is escaped for the place where it stands. Safe for use by many threads.
 */
public final class Pages {
    private static final String TEMPLATES = "io.countersign.server.templates";

    private final TemplateEngine engine;
    private final StaticFiles files;

    private Pages(TemplateEngine engine, StaticFiles files) {
        this.engine = engine;
        this.files = files;
    }

    public static Pages create(StaticFiles files) {
        ClassLoader loader = Pages.class.getClassLoader();
        return new Pages(TemplateEngine.createPrecompiled(null, ContentType.Html, loader, TEMPLATES), files);
    }

    /**
     * Renders {@code name} (as {@code signUp}, without suffix); a missing or mistyped parameter is a
     * fault.
     */
    public String render(String name, Map<String, Object> params) {
        StringOutput out = new StringOutput(4096);
        engine.render(name + ".jte", params, out);
        return out.toString();
    }

    /** Renders a page that says one thing and offers at most a few actions. */
    public String render(Notice notice, BrandLook brand, Texts texts) {
        return render("notice", Map.of("frame", frame(notice.heading(), brand, texts), "notice", notice));
    }

    /** Renders a page that asks one thing. */
    public String render(Question question, BrandLook brand, Texts texts) {
        return render("question", Map.of("frame", frame(question.heading(), brand, texts), "question", question));
    }

    /** What surrounds a page: title, language, brand and the addresses of its static files. */
    public Frame frame(String heading, BrandLook brand, Texts texts) {
        List<String> sheets = new ArrayList<>(List.of(files.path("pages.css")));
        brand.accentColor().ifPresent(color -> sheets.add(StaticFiles.accentPath(color)));
        String title = heading.contains(brand.name()) ? heading : heading + " – " + brand.name();
        return new Frame(title, texts.tag(), texts.direction(), brand, sheets, files.path("icon.svg"));
    }
}
