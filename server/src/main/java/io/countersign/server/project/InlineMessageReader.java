package io.countersign.server.project;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.text.InvalidMessageText;
import io.countersign.server.text.MessageText;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads the message of an operation. What could not be sent is refused here, not when it is to be sent. */
final class InlineMessageReader {
    private final Entry entry;

    private InlineMessageReader(Entry entry) {
        this.entry = entry;
    }

    /** @param claimed whether it goes to contacts that customers only claim */
    static Columns read(Entry entry, ContactType type, boolean claimed) {
        return new InlineMessageReader(entry).read(type, claimed);
    }

    private Columns read(ContactType type, boolean claimed) {
        Optional<String> subject = part("subject", Rule.SUBJECT, words -> MessageText.of(words, "", ""));
        Optional<String> html = part("html", Rule.TEXT, words -> MessageText.of("", words, ""));
        Optional<String> text = part("text", Rule.TEXT, words -> MessageText.of("", "", words));
        boolean good = entry.has("subject") == subject.isPresent() && entry.has("html") == html.isPresent()
                && entry.has("text") == text.isPresent();
        if (isWhole(type) && good) {
            check(() -> {
                var whole = MessageText.of(subject.orElse(""), html.orElse(""), text.orElse("")).requireFor(type);
                return claimed ? whole.requireForClaimed() : whole;
            });
        }
        entry.end();
        return Columns.of("message_subject", subject.orElse(null)).with("message_html", html.orElse(null))
                .with("message_text", text.orElse(null));
    }

    /** A part that could be sent, as far as it alone shows that. */
    private Optional<String> part(String key, Rule rule, Function<String, MessageText> alone) {
        return entry.text(key, rule).filter(words -> check(() -> alone.apply(words)));
    }

    private boolean check(Supplier<MessageText> made) {
        try {
            made.get();
            return true;
        } catch (InvalidMessageText e) {
            entry.problems().add(entry.at(e.part()), e.what());
            return false;
        }
    }

    private boolean isWhole(ContactType type) {
        return switch (type) {
            case EMAIL -> isThere("subject", entry.has("subject"))
                    & isThere("text", entry.has("text") || entry.has("html"));
            case MOBILE -> isThere("text", entry.has("text")) & isTextOnly();
        };
    }

    private boolean isThere(String key, boolean there) {
        if (!there) {
            entry.problems().add(entry.at(key), "is needed");
        }
        return there;
    }

    private boolean isTextOnly() {
        boolean only = !entry.has("subject") && !entry.has("html");
        if (!only) {
            entry.problems().add(entry.place(), "an SMS has a text only");
        }
        return only;
    }
}
