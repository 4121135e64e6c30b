package io.countersign.server.template;

import freemarker.core.Environment;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateDirectiveBody;
import freemarker.template.TemplateDirectiveModel;
import freemarker.template.TemplateException;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the addresses of links where a compiled text has its own tags for them. Their parameters: {@code n} the
 * number of the link, {@code h} whether it is written into HTML, {@code u} where it leads when no parameter stands in
 * that; otherwise the tag has it inside.
 */
final class LinkTags {
    private final Filling.Links links;
    private final Map<Integer, Made> made = new HashMap<>();

    LinkTags(Filling.Links links) {
        this.links = links;
    }

    /** What a link leads to, and the address that was made for that. */
    private record Made(String target, String address) {}

    TemplateDirectiveModel elsewhere() {
        return (environment, parameters, _, body) -> {
            String target = address(parameters, body);
            boolean untouched = Addresses.isUntouched(target);
            if (!untouched) {
                requireWeb(target);
            }
            int number = number(parameters);
            write(environment, parameters, !untouched && truth(parameters, "t")
                    ? once(number, target, () -> links.plain(number, target)) : target);
        };
    }

    TemplateDirectiveModel acting() {
        return (environment, parameters, _, body) -> {
            String landing = address(parameters, body);
            if (!landing.isEmpty()) {
                requireWeb(landing);
            }
            Filling.Act act = Filling.Act.valueOf(text(parameters, "a"));
            int number = number(parameters);
            write(environment, parameters, once(number, landing, () -> links.acting(act, number, landing)));
        };
    }

    /**
     * A number is of one link, which stands in the HTML and in the text that is made from it: to sign an address for
     * each would be most of what they cost. In a list it may lead elsewhere each time.
     */
    private String once(int number, String target, Supplier<String> make) {
        Made known = made.get(number);
        if (known == null || !known.target().equals(target)) {
            known = new Made(target, make.get());
            made.put(number, known);
        }
        return known.address();
    }

    TemplateDirectiveModel voting() {
        return (environment, parameters, _, _) ->
                write(environment, parameters, links.vote(text(parameters, "a")));
    }

    TemplateDirectiveModel picture() {
        return (environment, _, _, _) -> {
            var picture = links.openPicture();
            if (picture.isPresent()) {
                environment.getOut().write("<img src=\"" + escaped(picture.get())
                        + "\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block;border:0\">");
            }
        };
    }

    private static void requireWeb(String address) throws Stopped {
        if (!Addresses.isWeb(address)) {
            throw new Stopped(FaultCode.LINK, "this link does not lead to an address with http:// or https://");
        }
    }

    private static String address(Map<?, ?> parameters, @Nullable TemplateDirectiveBody body)
            throws TemplateException, IOException {
        if (body == null) {
            return text(parameters, "u");
        }
        var written = new BoundedText(Addresses.LONGEST, 0);
        try {
            body.render(written);
        } catch (BoundedText.Full _) {
            throw new Stopped(FaultCode.TOO_LONG, "this link has more than " + Addresses.LONGEST + " characters");
        }
        return written.toString().strip();
    }

    private static void write(Environment environment, Map<?, ?> parameters, String address)
            throws TemplateModelException, IOException {
        environment.getOut().write(truth(parameters, "h") ? escaped(address) : address);
    }

    private static String text(Map<?, ?> parameters, String name) throws TemplateModelException {
        return parameters.get(name) instanceof TemplateScalarModel text ? text.getAsString() : "";
    }

    private static int number(Map<?, ?> parameters) throws TemplateModelException {
        return parameters.get("n") instanceof TemplateNumberModel number ? number.getAsNumber().intValue() : 0;
    }

    private static boolean truth(Map<?, ?> parameters, String name) throws TemplateModelException {
        TemplateModel value = (TemplateModel) parameters.get(name);
        return value instanceof TemplateBooleanModel truth && truth.getAsBoolean();
    }

    private static String escaped(String address) {
        return address.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
