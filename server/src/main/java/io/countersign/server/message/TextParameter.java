package io.countersign.server.message;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a message text may name as {@code ${...}}, by the names that the vendor's messages use. */
enum TextParameter {
    MOBILE_CODE("Recipient.MobilePhoneConfirmationCode"),
    EMAIL_CODE("Recipient.EmailConfirmationCode"),
    AUTHORIZATION_CODE("Recipient.AuthentificationCode"),
    EMAIL_TICKET("Ticket.EmailConfirmationLinkTicket"),
    FIRST_NAME("Recipient.FirstName"),
    LAST_NAME("Recipient.LastName"),
    EMAIL("Recipient.Email"),
    MOBILE_PHONE("Recipient.MobilePhone"),
    SENT_AT("Message.SendingDateTime"),
    BRAND("Brand.Name");

    /** Parameters that are a code. */
    static final Set<TextParameter> CODES = EnumSet.of(MOBILE_CODE, EMAIL_CODE, AUTHORIZATION_CODE);

    /** Parameters that are the secret of a link. */
    static final Set<TextParameter> TICKETS = EnumSet.of(EMAIL_TICKET);

    /** Parameters whose answer proves the contact that the message goes to. */
    static final Set<TextParameter> PROOFS = EnumSet.of(MOBILE_CODE, EMAIL_CODE, EMAIL_TICKET);

    private final String name;

    TextParameter(String name) {
        this.name = name;
    }

    String parameterName() {
        return name;
    }

    static Optional<TextParameter> of(String name) {
        return Arrays.stream(values()).filter(known -> known.name.equals(name)).findFirst();
    }

    /** All names, for who mistyped one. */
    static String list() {
        return Arrays.stream(values()).map(known -> "${" + known.name + "}").collect(Collectors.joining(", "));
    }
}
