package io.countersign.server.message;

import io.countersign.domain.eligibility.EligibilityRules;
import io.countersign.domain.eligibility.Facts;
import io.countersign.domain.eligibility.MessageKind;
import io.countersign.server.message.Prepared.Ready;
import io.countersign.server.message.Prepared.Skipped;
import io.countersign.server.platform.Names;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Policies;
import io.countersign.server.text.MessageText;
import java.util.Optional;

/** Transactional messages: a stored or built-in text, by email or SMS, with the codes and links that it names. */
final class TextMessages implements MessageMaker {
    private final Catalogs catalogs;
    private final SystemTexts own;
    private final TextSecrets secrets;
    private final Carriers carriers;

    TextMessages(Catalogs catalogs, SystemTexts own, TextSecrets secrets, Carriers carriers) {
        this.catalogs = catalogs;
        this.own = own;
        this.secrets = secrets;
        this.carriers = carriers;
    }

    @Override
    public Prepared prepare(Taken message, Background background) {
        Catalog catalog = catalogs.current();
        Optional<Brand> brand = catalog.brand(message.project(), message.letter().brand());
        Optional<MessageText> text = brand.flatMap(of -> text(message, of, background));
        Optional<String> against = reasonAgainst(message, text, brand);
        return against.<Prepared>map(reason -> new Skipped(message, reason))
                .orElseGet(() -> ready(message, text.get(), brand.get(), background));
    }

    /** Empty when there is no such text, or when it cannot go by this channel. */
    private Optional<MessageText> text(Taken message, Brand brand, Background background) {
        return own.find(message, brand).or(() ->
                Optional.ofNullable(background.texts().get(message.letter().text().orElseThrow()))
                        .filter(text -> text.fits(message.recipient().type())));
    }

    /** Why a message is not handed over, checked at the last moment: a stable word, or nothing. */
    private Optional<String> reasonAgainst(Taken message, Optional<MessageText> text, Optional<Brand> brand) {
        if (brand.isEmpty() || !Carriers.hasSender(brand.get().sender(), message.recipient().type())) {
            return Optional.of("no_sender");
        }
        if (text.isEmpty()) {
            return Optional.of("no_text");
        }
        boolean asks = message.asked().isPresent() || text.get().proves().isPresent();
        if (asks && !message.isAnswerable()) {
            return Optional.of("challenge_closed");
        }
        return EligibilityRules.reasonsAgainst(message.facts(), MessageKind.TRANSACTIONAL, false).stream()
                .findFirst().map(Names::of)
                .or(() -> isForOthersEyes(message, text.get()) ? Optional.of("not_primary") : Optional.empty());
    }

    /** Whoever only claims a contact must not get what stands for the customer. */
    private static boolean isForOthersEyes(Taken message, MessageText text) {
        return !text.authentications().isEmpty() && !(message.facts().holding() instanceof Facts.AsPrimary);
    }

    private Prepared ready(Taken message, MessageText text, Brand brand, Background background) {
        Catalog catalog = catalogs.current();
        TextSecrets.Made made = secrets.make(message, text, Policies.of(catalog, message.project()).codes(),
                background.now());
        var values = new SentText(background.people().getOrDefault(message.recipient().customer(),
                PeopleStore.Person.UNKNOWN), brand, made.values(),
                background.now().atZone(catalog.project(message.project()).orElseThrow().timeZone()));
        return new Ready(message, made.carried(), () -> carriers.form(message, brand.sender(),
                text.fill(values::value)));
    }
}
