package io.countersign.server.template;

import io.countersign.server.template.Type.Argument;
import io.countersign.server.template.Type.Group;
import io.countersign.server.template.Type.Method;
import io.countersign.server.template.Type.Several;
import io.countersign.server.template.Type.Value;
import io.countersign.server.text.TextParameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All names that a text may use, by the names that the vendor's messages use. */
final class Parameters {
    static final String RECOMMENDATIONS = "Recipient.Recommendations";
    static final String POINTS = "Recipient.Points";
    static final String CUSTOM = "CustomParameters";
    static final String MESSAGE = "Message";

    /** Links that are parameters, by their names in {@code Message}; an SMS has no others. */
    static final Map<String, Filling.Act> LINKS = Map.of(
            "ConfirmationLink", Filling.Act.CONFIRM_CHANNEL,
            "TopicConfirmationLink", Filling.Act.CONFIRM_TOPIC,
            "UnsubscribeLink", Filling.Act.UNSUBSCRIBE_CHANNEL,
            "TopicUnsubscribeLink", Filling.Act.UNSUBSCRIBE_TOPIC,
            "PreferencesLink", Filling.Act.PREFERENCES,
            "AccessibilityLink", Filling.Act.VIEW);

    /** A product of a list of recommendations. */
    static final Group PRODUCT = new Group("Product", Map.of("Id", Value.TEXT, "Name", Value.TEXT, "Url", Value.TEXT,
            "ImageUrl", Value.TEXT, "Price", Value.NUMBER, "Currency", Value.TEXT), Optional.empty());

    /** What can be done with a moment. */
    static final Group MOMENT = new Group("a moment", Map.of("AddDays", new Method(Argument.DAYS, Value.MOMENT)),
            Optional.empty());

    static final Group ROOT = root();

    private Parameters() {}

    private static Group root() {
        Map<String, Type> recipient = ofTexts("Recipient");
        recipient.put("Fields", open("Recipient.Fields", Value.ANY));
        recipient.put("CustomFields", open("Recipient.CustomFields", Value.ANY));
        recipient.put("Ids", open("Recipient.Ids", Value.TEXT));
        recipient.put("LastReceivedPromoCode", closed("Recipient.LastReceivedPromoCode", Map.of("WithType",
                new Method(Argument.POOL, closed("Recipient.LastReceivedPromoCode.WithType",
                        Map.of("Value", Value.TEXT))))));
        recipient.put("Recommendations", open(RECOMMENDATIONS, new Several(PRODUCT)));
        recipient.put("Points", closed(POINTS, Map.of("Balance", Value.NUMBER, "ExpiresAt", Value.MOMENT)));
        Map<String, Type> message = ofTexts(MESSAGE);
        LINKS.keySet().forEach(link -> message.put(link, Value.TEXT));
        message.put("MailingUtmName", Value.TEXT);
        message.put("CampaignName", Value.TEXT);
        Map<String, Type> brand = ofTexts("Brand");
        brand.put("PostalAddress", Value.TEXT);
        return closed("", Map.of("Recipient", closed("Recipient", recipient), MESSAGE, closed(MESSAGE, message),
                "Brand", closed("Brand", brand), "Ticket", closed("Ticket", ofTexts("Ticket")),
                CUSTOM, open(CUSTOM, Value.ANY)));
    }

    /** What message texts of operations may name too. */
    private static Map<String, Type> ofTexts(String group) {
        var members = new LinkedHashMap<String, Type>();
        for (TextParameter parameter : TextParameter.values()) {
            String name = parameter.parameterName();
            if (name.startsWith(group + ".")) {
                members.put(name.substring(group.length() + 1), typeOf(parameter));
            }
        }
        return members;
    }

    private static Type typeOf(TextParameter parameter) {
        if (parameter.isTimed()) {
            return new Method(Argument.MINUTES, Value.TEXT);
        }
        return parameter == TextParameter.SENT_AT ? Value.MOMENT : Value.TEXT;
    }

    private static Group closed(String path, Map<String, Type> members) {
        return new Group(path, Map.copyOf(members), Optional.empty());
    }

    private static Group open(String path, Type others) {
        return new Group(path, Map.of(), Optional.of(others));
    }
}
