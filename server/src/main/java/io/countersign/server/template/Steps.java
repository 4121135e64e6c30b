package io.countersign.server.template;

import freemarker.template.SimpleSequence;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateCollectionModel;
import freemarker.template.TemplateDateModel;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateModelIterator;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import freemarker.template.TemplateSequenceModel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Bounds what filling one text costs: how often loops turn, how long it takes, how large what it keeps may be. */
final class Steps {
    private static final int MOST = 20_000;
    private static final long LONGEST = Duration.ofSeconds(5).toNanos();
    private final long begin = System.nanoTime();
    private int taken;

    /** Wraps a list so that each turn through it counts; the second argument is how the text names it. */
    TemplateMethodModelEx loop() {
        return arguments -> loop(arguments.getFirst(), arguments.getLast());
    }

    private TemplateCollectionModel loop(@Nullable Object list, Object named) throws TemplateModelException {
        return switch (list) {
            case null -> throw new Stopped(FaultCode.MISSING_VALUE, named + ": " + Stopped.NO_VALUE);
            case TemplateSequenceModel sequence -> () -> turns(sequence);
            case TemplateCollectionModel collection -> () -> turns(collection.iterator());
            default -> throw new Stopped(FaultCode.WRONG_TYPE, "not a list");
        };
    }

    private TemplateModelIterator turns(TemplateSequenceModel sequence) {
        return new TemplateModelIterator() {
            private int index;

            @Override
            public boolean hasNext() throws TemplateModelException {
                return index < sequence.size();
            }

            @Override
            public TemplateModel next() throws TemplateModelException {
                step();
                return sequence.get(index++);
            }
        };
    }

    private TemplateModelIterator turns(TemplateModelIterator all) {
        return new TemplateModelIterator() {
            @Override
            public boolean hasNext() throws TemplateModelException {
                return all.hasNext();
            }

            @Override
            public TemplateModel next() throws TemplateModelException {
                step();
                return all.next();
            }
        };
    }

    private void step() throws Stopped {
        taken++;
        if (taken > MOST) {
            throw new Stopped(FaultCode.LIMIT, "its loops turn more than " + MOST + " times");
        }
        if (System.nanoTime() - begin > LONGEST) {
            throw new Stopped(FaultCode.LIMIT, "it takes longer than a text may");
        }
    }

    /** Refuses what is too large to be given a name, so that nothing doubles from turn to turn; named as above. */
    TemplateMethodModelEx keep() {
        return arguments -> kept(arguments.getFirst(), arguments.getLast());
    }

    private static Object kept(@Nullable Object value, Object called) throws TemplateModelException {
        return switch (value) {
            case null -> throw new Stopped(FaultCode.MISSING_VALUE, called + ": " + Stopped.NO_VALUE);
            case Moment moment -> moment;
            case Named named -> named;
            case TemplateNumberModel number -> number;
            case TemplateDateModel date -> date;
            case TemplateScalarModel text when text.getAsString().length() <= Values.LONGEST -> text;
            case TemplateSequenceModel sequence when sequence.size() <= Values.MOST_ITEMS -> copied(sequence);
            case TemplateBooleanModel truth -> truth;
            default -> throw new Stopped(FaultCode.LIMIT, "too large to be kept under a name");
        };
    }

    /** A list that was joined from lists is flat from here on. */
    private static SimpleSequence copied(TemplateSequenceModel sequence) throws TemplateModelException {
        var copy = new SimpleSequence(OwnModels.INSTANCE);
        for (int i = 0; i < sequence.size(); i++) {
            copy.add(sequence.get(i));
        }
        return copy;
    }
}
