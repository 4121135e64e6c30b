package io.countersign.server.template;

import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import org.jspecify.annotations.Nullable;

/** Members by name, made when they are asked for; none is a missing value. */
record Named(Members members) implements TemplateHashModel {
    /** Finds the member of that name. */
    interface Members {
        @Nullable TemplateModel member(String name) throws TemplateModelException;
    }

    @Override
    public @Nullable TemplateModel get(String name) throws TemplateModelException {
        return members.member(name);
    }

    @Override
    public boolean isEmpty() {
        return false;
    }
}
