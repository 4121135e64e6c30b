package io.countersign.server.template;

import freemarker.template.ObjectWrapper;
import freemarker.template.SimpleNumber;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateModel;
import org.jspecify.annotations.Nullable;

/** Lets FreeMarker see our own models, texts, numbers and truths; of other objects of Java it gets none. */
enum OwnModels implements ObjectWrapper {
    INSTANCE;

    @Override
    public @Nullable TemplateModel wrap(@Nullable Object value) throws Stopped {
        return switch (value) {
            case null -> null;
            case TemplateModel model -> model;
            case String text -> new SimpleScalar(text);
            case Number number -> new SimpleNumber(number);
            case Boolean truth -> truth ? TemplateBooleanModel.TRUE : TemplateBooleanModel.FALSE;
            default -> throw new Stopped(FaultCode.FORBIDDEN, "an object that a text cannot have");
        };
    }
}
