package io.countersign.server.template;

import io.countersign.server.offer.PersonOffers;
import io.countersign.server.offer.Points;
import io.countersign.server.offer.Product;
import io.countersign.server.template.Content.Format;
import io.countersign.server.template.Filling.Act;
import io.countersign.server.template.Filling.Links;
import io.countersign.server.template.Filling.Mail;
import io.countersign.server.template.Filling.Person;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Texts and recipients that tests share. */
final class Fillings {
    static final Instant SENT = Instant.parse("2026-03-27T09:30:00Z");
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    static final Person ANN = new Person(Optional.of("Ann"), Optional.of("O'Hara & Söhne <i>"),
            Optional.of("ann@example.org"), Optional.of("+4915112345678"),
            Map.of("city", "Köln", "visits", 1234567, "member", true, "since", Instant.parse("2020-01-02T03:04:05Z"),
                    "tags", List.of("tea", "jazz"), "odd name", "x"),
            Map.of("CrmID", "42"), "ann@example.org",
            Map.of("Ticket.EmailConfirmationLinkTicket", "tick-1", "Recipient.MobilePhoneConfirmationCode", "123456",
                    "Recipient.EmailConfirmationCode", "222333", "Recipient.AuthentificationCode", "987",
                    "Ticket.UniversalAuthenticationCustomizableTimeTicket(60)", "uni-60"));
    static final Person NOBODY = new Person(Optional.empty(), Optional.of(" "), Optional.empty(), Optional.empty(),
            Map.of(), Map.of(), "x@example.org", Map.of());
    static final PersonOffers OFFERS = new PersonOffers(Map.of("spring-sale", "SPRING10"), Map.of("popular", List.of(
            new Product("1", "Tea & co", "https://shop.example/p/1?a=1&b=2", Optional.of("https://shop.example/1.png"),
                    Optional.of(new BigDecimal("19.90")), Optional.of("EUR")),
            new Product("2", "Mug", "https://shop.example/p/2", Optional.empty(), Optional.empty(), Optional.empty()))),
            Optional.of(new Points(new BigDecimal("1250"), Optional.of(Instant.parse("2026-12-31T22:00:00Z")))));

    private Fillings() {}

    /** Links that tell how they were made. */
    record TestLinks(Optional<String> openPicture) implements Links {
        @Override
        public String plain(int number, String url) {
            return "https://t.example/" + number + "?to=" + url;
        }

        @Override
        public String acting(Act act, int number, String landing) {
            return "https://a.example/" + act.name().toLowerCase(Locale.ROOT) + "/" + number
                    + (landing.isEmpty() ? "" : "?to=" + landing);
        }

        @Override
        public String vote(String answer) {
            return "https://v.example/" + answer;
        }
    }

    static Filling ann() {
        return of(ANN, "en", OFFERS);
    }

    static Filling nobody() {
        return of(NOBODY, "en", PersonOffers.NONE);
    }

    static Filling ann(String language) {
        return of(ANN, language, OFFERS);
    }

    static Filling of(Person person, String language, PersonOffers offers) {
        return of(person, language, offers, Map.of("order", "A-17", "url", "https://shop.example/o/17",
                "script", "javascript:alert(1)", "big", "x".repeat(9_999)));
    }

    static Filling of(Person person, String language, PersonOffers offers, Map<String, Object> custom) {
        return new Filling(person, new Mail(SENT, ZONE, language, "Spring", "spring-utm", "Shop & more",
                Optional.of("Shop GmbH, Weg 1, 50667 Köln")), offers, custom,
                new TestLinks(Optional.of("https://t.example/o.gif")));
    }

    static Filling custom(Map<String, Object> custom) {
        return of(ANN, "en", OFFERS, custom);
    }

    static Content html(String source) {
        return new Content("Subject", "", Format.HTML, source, "");
    }

    static Content sms(String source) {
        return new Content("", "", Format.TEXT, source, "");
    }

    /** The text of an SMS, filled for Ann. */
    static String say(String source) {
        return Templates.compile(sms(source)).fill(ann()).text();
    }

    static Filled fillHtml(String source) {
        return Templates.compile(html(source)).fill(ann());
    }
}
