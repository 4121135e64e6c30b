package io.countersign.server.message;

import io.countersign.server.platform.pages.OneLine;
import io.countersign.server.project.Brand;
import io.countersign.server.text.Placeholder;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * The values of one message's parameters.
 *
 * @param at when it is handed over, in the project's time zone
 */
record SentText(PeopleStore.Person person, Brand brand, SecretValues secrets, ZonedDateTime at) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final int LONGEST_VALUE = 320;

    /**
     * The secrets that it carries.
     *
     * @param code            empty for a text without
     * @param ticket          of its link, empty for a text without
     * @param authentications one for each that the text names
     */
    record SecretValues(String code, String ticket, Map<Placeholder, String> authentications) {
        @Override
        public String toString() {
            return "SecretValues";
        }
    }

    String value(Placeholder placeholder) {
        return switch (placeholder.parameter()) {
            case MOBILE_CODE, EMAIL_CODE, AUTHORIZATION_CODE -> secrets.code();
            case EMAIL_TICKET -> secrets.ticket();
            case EMAIL_AUTHENTICATION, EMAIL_AUTHENTICATION_HEX, MOBILE_AUTHENTICATION_HEX, TIMED_AUTHENTICATION,
                 PERMANENT_AUTHENTICATION -> secrets.authentications().get(placeholder);
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
