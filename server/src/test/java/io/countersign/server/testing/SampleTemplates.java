package io.countersign.server.testing;

import io.countersign.server.offer.Needed;
import io.countersign.server.template.Content;
import io.countersign.server.template.Filled;
import io.countersign.server.template.Filling;
import io.countersign.server.template.InvalidTemplate;
import io.countersign.server.template.Needs;
import io.countersign.server.template.Template;
import io.countersign.server.text.TextParameter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The least of the template language, for tests of what is built upon it. */
public final class SampleTemplates {
    private static final Pattern PARAMETER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern LINK = Pattern.compile("data-link=\"([a-z-]+)\"");
    private static final Pattern ANSWER = Pattern.compile("data-name=\"([a-z-]+)\"");
    private static final Map<String, Filling.Act> ACTS = Map.of("confirm-channel", Filling.Act.CONFIRM_CHANNEL,
            "confirm-topic", Filling.Act.CONFIRM_TOPIC, "unsubscribe-channel", Filling.Act.UNSUBSCRIBE_CHANNEL,
            "unsubscribe-topic", Filling.Act.UNSUBSCRIBE_TOPIC);

    private SampleTemplates() {}

    public static Template compile(Content content) {
        Set<Filling.Act> acts = EnumSet.noneOf(Filling.Act.class);
        Set<TextParameter> secrets = EnumSet.noneOf(TextParameter.class);
        Set<String> custom = new HashSet<>();
        Matcher link = LINK.matcher(content.source());
        while (link.find()) {
            acts.add(ACTS.get(link.group(1)));
        }
        Set<String> answers = new HashSet<>();
        Matcher vote = ANSWER.matcher(content.source());
        while (vote.find()) {
            answers.add(vote.group(1));
        }
        for (String part : List.of(content.subject(), content.source())) {
            Matcher parameter = PARAMETER.matcher(part);
            while (parameter.find()) {
                learn(parameter.group(1), acts, secrets, custom);
            }
        }
        return new Sample(content, new Needs(Needed.NOTHING, acts, secrets, Set.of(), custom, answers));
    }

    private static void learn(String name, Set<Filling.Act> acts, Set<TextParameter> secrets, Set<String> custom) {
        if (name.startsWith("CustomParameters.")) {
            custom.add(name.substring("CustomParameters.".length()));
        } else if (name.equals("Message.UnsubscribeLink")) {
            acts.add(Filling.Act.UNSUBSCRIBE_CHANNEL);
        } else if (!name.equals("Recipient.FirstName")) {
            secrets.add(EnumSet.allOf(TextParameter.class).stream()
                    .filter(secret -> secret.parameterName().equals(name)).findFirst()
                    .orElseThrow(() -> fault("unknown_parameter", name)));
        }
    }

    private static InvalidTemplate fault(String code, String name) {
        return new InvalidTemplate(List.of(new InvalidTemplate.Fault("source", 1, 1, code, name + " is not known.")));
    }

    private record Sample(Content content, Needs needs) implements Template {
        @Override
        public Filled fill(Filling filling) {
            var missing = new ArrayList<String>();
            String source = PARAMETER.matcher(content.source()).replaceAll(found ->
                    Matcher.quoteReplacement(value(filling, found.group(1), missing)));
            String subject = PARAMETER.matcher(content.subject()).replaceAll(found ->
                    Matcher.quoteReplacement(value(filling, found.group(1), missing)));
            if (!missing.isEmpty()) {
                throw fault("missing_value", missing.getFirst());
            }
            int[] number = {0};
            String linked = LINK.matcher(source).replaceAll(found -> "href=\""
                    + filling.links().acting(ACTS.get(found.group(1)), ++number[0], "") + "\"");
            return content.format() == Content.Format.TEXT ? new Filled("", "", linked)
                    : new Filled(subject, linked, linked.replaceAll("<[^>]*>", ""));
        }

        private static String value(Filling filling, String name, List<String> missing) {
            Object value = name.equals("Recipient.FirstName") ? filling.person().firstName().orElse(null)
                    : name.equals("Message.UnsubscribeLink")
                    ? filling.links().acting(Filling.Act.UNSUBSCRIBE_CHANNEL, 0, "")
                    : name.startsWith("CustomParameters.")
                    ? filling.custom().get(name.substring("CustomParameters.".length()))
                    : filling.person().secrets().get(name);
            if (value == null) {
                missing.add(name);
            }
            return String.valueOf(value);
        }
    }
}
