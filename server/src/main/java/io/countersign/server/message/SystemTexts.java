package io.countersign.server.message;

import io.countersign.server.link.LinkKind;
import io.countersign.server.link.MessageLink;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.platform.pages.Languages;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.project.Brand;
import io.countersign.server.text.MessageText;
import java.net.URI;
import java.util.Optional;

/**
 * The texts of the server's own by which messages name them.
 *
 * @param publicUrl where their links lead
 */
record SystemTexts(Languages languages, SignedLinks links, URI publicUrl) {
    /** What a message of such a name says, in the language of who gets it; empty for any other name. */
    Optional<MessageText> find(Taken message, Brand brand) {
        Texts texts = languages.choose(message.recipient().language(), brand.language());
        return switch (message.letter().text().orElseThrow()) {
            case MessageTexts.PRIVACY_DOWNLOAD -> Optional.of(privacy(message, texts, "download"));
            case MessageTexts.PRIVACY_ERASURE -> Optional.of(privacy(message, texts, "erasure"));
            case String name -> BuiltInTexts.named(name, texts, message.recipient().type());
        };
    }

    private MessageText privacy(Taken message, Texts texts, String kind) {
        String url = publicUrl + "/privacy/"
                + links.text(new MessageLink(message.project(), LinkKind.PRIVACY, message.id(), 0));
        return BuiltInTexts.privacy(texts, kind, url, message.recipient().type());
    }
}
