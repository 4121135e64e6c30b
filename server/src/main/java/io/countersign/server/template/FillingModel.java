package io.countersign.server.template;

import freemarker.template.SimpleScalar;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import io.countersign.server.offer.Points;
import io.countersign.server.offer.Product;
import io.countersign.server.template.Filling.Mail;
import io.countersign.server.template.Filling.Person;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** What a text finds under its names, for one recipient. */
final class FillingModel implements TemplateHashModel {
    private final Filling filling;
    private final Values values;
    private final Steps steps = new Steps();
    private final LinkTags links;
    private final Locale locale;
    private final TimeZone timeZone;

    FillingModel(Filling filling) {
        this.filling = filling;
        this.values = new Values(filling.mail().zone());
        this.links = new LinkTags(filling.links());
        this.locale = Locale.forLanguageTag(filling.mail().language());
        this.timeZone = TimeZone.getTimeZone(filling.mail().zone());
    }

    Locale locale() {
        return locale;
    }

    TimeZone timeZone() {
        return timeZone;
    }

    @Override
    public @Nullable TemplateModel get(String name) {
        return switch (name) {
            case "Recipient" -> new Named(this::recipient);
            case "Message" -> new Named(this::message);
            case "Brand" -> new Named(this::brand);
            case "Ticket" -> new Named(this::ticket);
            case "CustomParameters" -> new Named(member -> values.of(filling.custom().get(member)));
            case Program.LOOP -> steps.loop();
            case Program.KEEP -> steps.keep();
            case Program.LINK -> links.elsewhere();
            case Program.ACT -> links.acting();
            case Program.VOTE -> links.voting();
            case Program.PICTURE -> links.picture();
            default -> null;
        };
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    private @Nullable TemplateModel recipient(String name) throws TemplateModelException {
        Person person = filling.person();
        return switch (name) {
            case "FirstName" -> values.line(person.firstName());
            case "LastName" -> values.line(person.lastName());
            case "Email" -> values.line(person.email());
            case "MobilePhone" -> values.line(person.mobile());
            case "Fields", "CustomFields" -> new Named(field -> values.of(person.fields().get(field)));
            case "Ids" -> new Named(id -> values.of(person.externalIds().get(id)));
            case "LastReceivedPromoCode" -> new Named(_ -> (TemplateMethodModelEx) this::promoCode);
            case "Recommendations" -> new Named(this::recommended);
            case "Points" -> new Named(this::points);
            default -> values.of(person.secrets().get("Recipient." + name));
        };
    }

    private TemplateModel promoCode(List<?> arguments) {
        String pool = String.valueOf(arguments.getFirst());
        return new Named(_ -> values.of(filling.offers().promoCodes().get(pool)));
    }

    private @Nullable TemplateModel recommended(String algorithm) throws TemplateModelException {
        List<Product> products = filling.offers().recommendations().get(algorithm);
        return products == null ? null
                : values.of(products.stream().map(product -> new Named(name -> product(product, name))).toList());
    }

    private @Nullable TemplateModel product(Product product, String name) throws TemplateModelException {
        return switch (name) {
            case "Id" -> values.of(product.id());
            case "Name" -> values.of(product.name());
            case "Url" -> values.of(product.url());
            case "ImageUrl" -> values.of(product.imageUrl());
            case "Price" -> values.of(product.price());
            case "Currency" -> values.of(product.currency());
            default -> null;
        };
    }

    private @Nullable TemplateModel points(String name) throws TemplateModelException {
        Optional<Points> points = filling.offers().points();
        return name.equals("Balance") ? values.of(points.map(Points::balance))
                : values.of(points.flatMap(Points::expiresAt));
    }

    private @Nullable TemplateModel message(String name) throws TemplateModelException {
        Mail mail = filling.mail();
        return switch (name) {
            case "SendingDateTime" -> values.moment(mail.sentAt());
            case "MailingUtmName" -> values.of(mail.utmName());
            case "CampaignName" -> values.of(mail.campaign());
            default -> new SimpleScalar(filling.links().acting(Parameters.LINKS.get(name), 0, ""));
        };
    }

    private @Nullable TemplateModel brand(String name) throws TemplateModelException {
        return name.equals("Name") ? values.line(Optional.of(filling.mail().brand()))
                : values.of(filling.mail().postalAddress());
    }

    private @Nullable TemplateModel ticket(String name) throws TemplateModelException {
        String parameter = "Ticket." + name;
        return name.equals("UniversalAuthenticationCustomizableTimeTicket")
                ? (TemplateMethodModelEx) minutes -> values.of(filling.person().secrets()
                        .get(parameter + "(" + minutes.getFirst() + ")"))
                : values.of(filling.person().secrets().get(parameter));
    }
}
