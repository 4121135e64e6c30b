package io.countersign.server.message;

import io.countersign.server.dkim.DkimKeys;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.MessageLink;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Provider;
import java.util.List;
import java.util.Optional;

/** Whom mails of a brand come from: its sender, its keys, and an address for bounces that names the message. */
final class Origins {
    private final Catalogs catalogs;
    private final DkimKeys keys;
    private final SignedLinks links;
    private final Senders senders = new Senders();

    Origins(Catalogs catalogs, DkimKeys keys, SignedLinks links) {
        this.catalogs = catalogs;
        this.keys = keys;
        this.links = links;
    }

    /** Not inside a transaction: keys may have to be read. */
    Origin of(Taken message, String sender) {
        Catalog catalog = catalogs.current();
        Mailbox from = senders.of(sender);
        Optional<Brand> brand = catalog.brand(message.project(), message.letter().brand());
        return new Origin(from, brand.flatMap(of -> of.sender().returnDomain()).map(domain -> links.address(
                new MessageLink(message.project(), LinkKind.RETURN, message.id(), 0)) + "@" + domain)
                .or(() -> ofProvider(catalog)),
                brand.map(of -> keys.signers(of, from.asciiDomain())).orElse(List.of()));
    }

    private static Optional<String> ofProvider(Catalog catalog) {
        return catalog.emailProvider().filter(Provider.Smtp.class::isInstance)
                .flatMap(provider -> ((Provider.Smtp) provider).from());
    }
}
