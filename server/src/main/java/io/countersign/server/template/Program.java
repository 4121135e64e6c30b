package io.countersign.server.template;

import freemarker.cache.NullCacheStorage;
import freemarker.core.Environment;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.InvalidReferenceException;
import freemarker.core.OutputFormat;
import freemarker.core.ParseException;
import freemarker.core.PlainTextOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A part as FreeMarker runs it. */
final class Program {
    /** Names that no author can write, as theirs begin with a letter. */
    static final String LOOP = "__loop";
    static final String KEEP = "__keep";
    static final String LINK = "__link";
    static final String ACT = "__act";
    static final String VOTE = "__vote";
    static final String PICTURE = "__picture";

    private static final Pattern POOL = Pattern.compile("Recipient\\.LastReceivedPromoCode\\.WithType\\{([^}]*)}");
    private static final int LONGEST_NAMED = 100;

    private static final Configuration HTML = configuration(HTMLOutputFormat.INSTANCE, true);
    private static final Configuration PLAIN = configuration(PlainTextOutputFormat.INSTANCE, true);
    private static final Configuration MADE = configuration(PlainTextOutputFormat.INSTANCE, false);

    private final Template template;
    private final FreeMarkerText text;
    private final int longest;

    /** What a part is filled into. */
    enum Kind { HTML, PLAIN, MADE }

    private Program(Template template, FreeMarkerText text, int longest) {
        this.template = template;
        this.text = text;
        this.longest = longest;
    }

    /**
     * @param longest what it makes has at most so many characters
     * @throws InvalidTemplate when FreeMarker refuses it
     */
    static Program of(Marked marked, Pieces pieces, Kind kind, int longest) {
        FreeMarkerText text = FreeMarkerText.of(marked, pieces, kind == Kind.HTML);
        try {
            return new Program(new Template(marked.part(), new StringReader(text.text()), switch (kind) {
                case HTML -> HTML;
                case PLAIN -> PLAIN;
                case MADE -> MADE;
            }), text, longest);
        } catch (ParseException e) {
            throw new InvalidTemplate(List.of(text.spot(e.getLineNumber(), e.getColumnNumber())
                    .fault(FaultCode.SYNTAX, "this cannot stand here")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws InvalidTemplate when a value is missing or a limit is passed */
    String run(FillingModel model) {
        var out = new BoundedText(longest, text.text().length());
        try {
            Environment environment = template.createProcessingEnvironment(model, out);
            environment.setLocale(model.locale());
            environment.setTimeZone(model.timeZone());
            environment.process();
            return out.toString();
        } catch (BoundedText.Full e) {
            throw new InvalidTemplate(List.of(new Spot(template.getName(), 0, 0).fault(FaultCode.TOO_LONG,
                    "filled it is longer than " + longest + " characters")));
        } catch (TemplateException e) {
            throw wrong(e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private RuntimeException wrong(TemplateException e) {
        Spot spot = e.getLineNumber() == null ? Spot.nowhere(template.getName())
                : text.spot(e.getLineNumber(), e.getColumnNumber());
        String what = named(e.getBlamedExpressionString());
        Throwable cause = e;
        while (cause != null && !(cause instanceof Stopped)) {
            if (cause instanceof RuntimeException ours && ours.getStackTrace().length > 0
                    && !ours.getClass().getName().startsWith("freemarker.") && !(ours instanceof ArithmeticException)
                    && !(ours instanceof IllegalArgumentException)) {
                return ours;
            }
            cause = cause.getCause();
        }
        if (cause instanceof Stopped stopped) {
            return new InvalidTemplate(List.of(spot.fault(stopped.code(), what + stopped.words())));
        }
        if (!(e instanceof InvalidReferenceException)) {
            return new InvalidTemplate(List.of(spot.fault(FaultCode.WRONG_TYPE,
                    what + "the value for this recipient cannot be used like this")));
        }
        Matcher pool = POOL.matcher(what);
        return new InvalidTemplate(List.of(pool.find()
                ? spot.fault(FaultCode.NO_PROMO_CODE, what + "this recipient has no code of the pool " + pool.group(1)
                        + ", and none could be given out: fill the pool, or write what to say then, as in "
                        + pool.group() + ".Value!\"...\"")
                : spot.fault(FaultCode.MISSING_VALUE, what + Stopped.NO_VALUE)));
    }

    /** What FreeMarker blames, as an author writes it, unless that is something of ours. */
    private static String named(@Nullable String blamed) {
        return blamed == null || blamed.contains("__") || blamed.length() > LONGEST_NAMED ? ""
                : blamed.replaceAll("\\.WithType\\(\"([^\"]*)\"\\)", ".WithType{$1}") + ": ";
    }

    private static Configuration configuration(OutputFormat format, boolean stripping) {
        var made = new Configuration(Configuration.VERSION_2_3_35);
        made.setObjectWrapper(OwnModels.INSTANCE);
        made.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        made.setAPIBuiltinEnabled(false);
        made.setTemplateLoader(null);
        made.setCacheStorage(NullCacheStorage.INSTANCE);
        made.setLocalizedLookup(false);
        made.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        made.setLogTemplateExceptions(false);
        made.setWrapUncheckedExceptions(true);
        made.setTagSyntax(Configuration.ANGLE_BRACKET_TAG_SYNTAX);
        made.setInterpolationSyntax(Configuration.DOLLAR_INTERPOLATION_SYNTAX);
        made.setNamingConvention(Configuration.LEGACY_NAMING_CONVENTION);
        made.setRecognizeStandardFileExtensions(false);
        made.setOutputFormat(format);
        made.setWhitespaceStripping(stripping);
        made.setTabSize(1);
        made.setBooleanFormat("c");
        made.setDateTimeFormat("medium_short");
        made.setDateFormat("medium");
        made.setTimeFormat("short");
        made.setURLEscapingCharset("UTF-8");
        return made;
    }
}
