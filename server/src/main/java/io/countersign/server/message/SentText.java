package io.countersign.server.message;

import io.countersign.server.platform.pages.OneLine;
import io.countersign.server.project.Brand;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The values of one message's parameters.
 *
 * @param code   the code that it carries, empty for a text without
 * @param ticket the secret of its link, empty for a text without
 * @param at     when it is handed over, in the project's time zone
 */
record SentText(PeopleStore.Person person, Brand brand, String code, String ticket, ZonedDateTime at) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final int LONGEST_VALUE = 320;

    String value(TextParameter parameter) {
        return switch (parameter) {
            case MOBILE_CODE, EMAIL_CODE, AUTHORIZATION_CODE -> code;
            case EMAIL_TICKET -> ticket;
            case FIRST_NAME -> line(person.firstName());
            case LAST_NAME -> line(person.lastName());
            case EMAIL -> line(person.email());
            case MOBILE_PHONE -> line(person.mobile());
            case SENT_AT -> TIME.format(at);
            case BRAND -> line(brand.name());
        };
    }

    /** People choose their names: none breaks a subject or an SMS into lines of its own. */
    private static String line(String value) {
        return OneLine.of(value, LONGEST_VALUE);
    }

    @Override
    public String toString() {
        return "SentText[brand=" + brand.slug() + "]";
    }
}
