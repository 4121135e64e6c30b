package io.countersign.server.template;

import freemarker.template.TemplateDateModel;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A point in time; {@code AddDays} counts days of the project's zone. */
record Moment(Instant at, ZoneId zone, int kind) implements TemplateDateModel, TemplateHashModel {
    private static final int MOST_DAYS = 36_500;

    @Override
    public Date getAsDate() {
        return Date.from(at);
    }

    @Override
    public int getDateType() {
        return kind;
    }

    @Override
    public @Nullable TemplateModel get(String name) {
        return name.equals("AddDays") ? (TemplateMethodModelEx) this::addDays : null;
    }

    private Moment addDays(List<?> arguments) throws TemplateModelException {
        if (arguments.size() != 1 || !(arguments.getFirst() instanceof TemplateNumberModel days)) {
            throw new Stopped(FaultCode.WRONG_TYPE, "AddDays takes a number of days");
        }
        double value = days.getAsNumber().doubleValue();
        if (value != Math.rint(value) || Math.abs(value) > MOST_DAYS) {
            throw new Stopped(FaultCode.LIMIT, "AddDays takes a whole number of days, at most " + MOST_DAYS);
        }
        return new Moment(at.atZone(zone).plusDays((long) value).toInstant(), zone, kind);
    }

    @Override
    public boolean isEmpty() {
        return false;
    }
}
