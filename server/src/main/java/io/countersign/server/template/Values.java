package io.countersign.server.template;

import freemarker.template.SimpleNumber;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateDateModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateSequenceModel;
import io.countersign.server.platform.pages.OneLine;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives the data of a recipient the few shapes that a text can reach; nothing of Java is behind them. */
record Values(ZoneId zone) {
    static final int LONGEST = 10_000;
    static final int MOST_ITEMS = 1_000;
    private static final int LONGEST_LINE = 320;

    /** A list. */
    private record Several(List<?> items, Values values) implements TemplateSequenceModel {
        @Override
        public @Nullable TemplateModel get(int index) throws TemplateModelException {
            return index < 0 || index >= items.size() ? null : values.of(items.get(index));
        }

        @Override
        public int size() {
            return items.size();
        }
    }

    /** A value of any kind; null, and an empty text, are missing. */
    @Nullable TemplateModel of(@Nullable Object value) throws TemplateModelException {
        return switch (value) {
            case null -> null;
            case TemplateModel model -> model;
            case String text -> text(text);
            case Number number -> new SimpleNumber(number);
            case Boolean truth -> truth ? TemplateBooleanModel.TRUE : TemplateBooleanModel.FALSE;
            case Instant at -> moment(at);
            case LocalDate day -> new Moment(day.atStartOfDay(zone).toInstant(), zone, TemplateDateModel.DATE);
            case Optional<?> optional -> of(optional.orElse(null));
            case List<?> items -> several(items);
            case Map<?, ?> map -> new Named(name -> of(map.get(name)));
            default -> throw new Stopped(FaultCode.WRONG_TYPE, "a value of a kind that a text cannot show");
        };
    }

    Moment moment(Instant at) {
        return new Moment(at, zone, TemplateDateModel.DATETIME);
    }

    /** A name that people choose: none breaks a subject or an SMS into lines of its own. */
    @Nullable TemplateModel line(Optional<String> value) throws TemplateModelException {
        return of(value.map(text -> OneLine.of(text, LONGEST_LINE)).orElse(null));
    }

    private static @Nullable TemplateModel text(String text) throws TemplateModelException {
        if (text.length() > LONGEST) {
            throw new Stopped(FaultCode.LIMIT, "a value of more than " + LONGEST + " characters");
        }
        return text.isBlank() ? null : new SimpleScalar(text);
    }

    private TemplateModel several(List<?> items) throws TemplateModelException {
        if (items.size() > MOST_ITEMS) {
            throw new Stopped(FaultCode.LIMIT, "a list of more than " + MOST_ITEMS + " items");
        }
        return new Several(items, this);
    }
}
