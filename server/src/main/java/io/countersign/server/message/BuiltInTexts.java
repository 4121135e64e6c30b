package io.countersign.server.message;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.text.MessageText;
import io.countersign.server.text.TextParameter;
import java.util.Optional;

/** Texts that nobody had to write, in the language of who gets them. */
final class BuiltInTexts {
    private static final String BRAND = "${" + TextParameter.BRAND.parameterName() + "}";

    private BuiltInTexts() {}

    /** The text of a name in {@code MessageTexts}; empty for a name of a stored text. */
    static Optional<MessageText> named(String name, Texts texts, ContactType type) {
        return switch (name) {
            case MessageTexts.BUILT_IN_CODE -> Optional.of(code(texts, type));
            case MessageTexts.BUILT_IN_STOPPED -> Optional.of(sms(texts, "sms.stopped"));
            case MessageTexts.BUILT_IN_STARTED -> Optional.of(sms(texts, "sms.started"));
            case MessageTexts.BUILT_IN_HELP -> Optional.of(sms(texts, "sms.help"));
            default -> Optional.empty();
        };
    }

    private static MessageText sms(Texts texts, String key) {
        return MessageText.of("", "", texts.text(key, "brand", BRAND));
    }

    /** A code, by email or by SMS. */
    private static MessageText code(Texts texts, ContactType type) {
        return switch (type) {
            case EMAIL -> MessageText.of(texts.text("code.subject", "brand", BRAND), "",
                    texts.text("code.mail", "brand", BRAND) + "\n\n${" + TextParameter.EMAIL_CODE.parameterName()
                            + "}\n\n" + texts.text("code.ignore") + "\n\n-- \n" + BRAND + "\n");
            case MOBILE -> MessageText.of("", "", texts.text("code.sms", "brand", BRAND, "code",
                    "${" + TextParameter.MOBILE_CODE.parameterName() + "}"));
        };
    }

    /** The link by which somebody confirms that he asked for what {@code kind} names, by email or by SMS. */
    static MessageText privacy(Texts texts, String kind, String url, ContactType type) {
        return switch (type) {
            case EMAIL -> MessageText.of(texts.text("privacy." + kind + ".subject", "brand", BRAND), "",
                    texts.text("privacy.mail", "brand", BRAND) + "\n\n" + url + "\n\n" + texts.text("privacy.ignore")
                            + "\n\n-- \n" + BRAND + "\n");
            case MOBILE -> MessageText.of("", "", BRAND + ": " + texts.text("privacy." + kind + ".subject", "brand",
                    BRAND) + " " + url);
        };
    }
}
