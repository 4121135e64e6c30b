package io.countersign.server.campaign;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.server.template.Content;
import io.countersign.server.template.Template;
import java.util.function.Function;

/** Texts that were compiled, each once, whichever campaigns they belong to. */
public final class CompiledTexts {
    private static final int MOST = 500;

    private final Function<Content, Template> compiler;
    private final Cache<Content, Template> known = Caffeine.newBuilder().maximumSize(MOST).build();

    public CompiledTexts(Function<Content, Template> compiler) {
        this.compiler = compiler;
    }

    /** @throws io.countersign.server.template.InvalidTemplate when it cannot be used */
    public Template of(Content content) {
        return known.get(content, compiler);
    }
}
