package io.countersign.server.template;

import io.countersign.server.offer.PersonOffers;
import io.countersign.server.text.Placeholder;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * What one recipient's text is filled with.
 *
 * @param custom what the operation or flow that sends it gave along: {@code ${CustomParameters.x}}
 * @param links  makes the addresses that links of the text lead to
 */
public record Filling(Person person, Mail mail, PersonOffers offers, Map<String, Object> custom, Links links) {
    /**
     * The customer.
     *
     * @param contact the address or number that the message goes to
     * @param secrets codes and tickets of this message, by what the text names ({@link Placeholder#written()}), such
     *                as {@code Recipient.MobilePhoneConfirmationCode}
     */
    public record Person(Optional<String> firstName, Optional<String> lastName, Optional<String> email,
                         Optional<String> mobile, Map<String, Object> fields, Map<String, String> externalIds,
                         String contact, Map<String, String> secrets) {}

    /** The message: when it is sent, in the project's zone and the text's language. */
    public record Mail(Instant sentAt, ZoneId zone, String language, String campaign, String utmName, String brand,
                       Optional<String> postalAddress) {}

    /** Makes addresses of links; each is called with the number of the link in its text, from 1. */
    public interface Links {
        /** A link to elsewhere, which is counted where the brand allows it, or {@code url} itself. */
        String plain(int number, String url);

        /** A link that does something; {@code landing} is where it leads afterwards, or empty. */
        String acting(Act act, int number, String landing);

        /** An answer of the campaign's poll, by its system name. */
        String vote(String answer);

        /** The picture that tells that the mail was shown; empty where that is not counted. */
        Optional<String> openPicture();
    }

    /** What a link does (CP5). */
    public enum Act {
        CONFIRM_CHANNEL, CONFIRM_TOPIC, UNSUBSCRIBE_CHANNEL, UNSUBSCRIBE_TOPIC, PREFERENCES, VIEW
    }
}
