package io.countersign.server.text;

import io.countersign.domain.contact.ContactType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a message text may name as {@code ${...}}, by the names that the vendor's messages use. */
public enum TextParameter {
    MOBILE_CODE("Recipient.MobilePhoneConfirmationCode", ContactType.MOBILE),
    EMAIL_CODE("Recipient.EmailConfirmationCode", ContactType.EMAIL),
    AUTHORIZATION_CODE("Recipient.AuthentificationCode"),
    EMAIL_TICKET("Ticket.EmailConfirmationLinkTicket", ContactType.EMAIL),
    EMAIL_AUTHENTICATION("Ticket.EmailAuthenticationTicket", ContactType.EMAIL),
    EMAIL_AUTHENTICATION_HEX("Ticket.EmailAuthenticationHexTicket", ContactType.EMAIL),
    MOBILE_AUTHENTICATION_HEX("Ticket.MobilePhoneAuthenticationHexTicket", ContactType.MOBILE),
    TIMED_AUTHENTICATION("Ticket.UniversalAuthenticationCustomizableTimeTicket"),
    PERMANENT_AUTHENTICATION("Ticket.PermanentAuthenticationTicket"),
    FIRST_NAME("Recipient.FirstName"),
    LAST_NAME("Recipient.LastName"),
    EMAIL("Recipient.Email"),
    MOBILE_PHONE("Recipient.MobilePhone"),
    SENT_AT("Message.SendingDateTime"),
    BRAND("Brand.Name");

    /** Parameters that are a code. */
    public static final Set<TextParameter> CODES = EnumSet.of(MOBILE_CODE, EMAIL_CODE, AUTHORIZATION_CODE);

    /** Parameters that are the secret of a link. */
    public static final Set<TextParameter> TICKETS = EnumSet.of(EMAIL_TICKET);

    /** Parameters whose answer proves the contact that the message goes to. */
    public static final Set<TextParameter> PROOFS = EnumSet.of(MOBILE_CODE, EMAIL_CODE, EMAIL_TICKET);

    /** Parameters that are a secret which stands for the customer. */
    public static final Set<TextParameter> AUTHENTICATIONS = EnumSet.of(EMAIL_AUTHENTICATION, EMAIL_AUTHENTICATION_HEX,
            MOBILE_AUTHENTICATION_HEX, TIMED_AUTHENTICATION, PERMANENT_AUTHENTICATION);

    private final String name;
    private final ContactType only;

    TextParameter(String name) {
        this(name, null);
    }

    TextParameter(String name, ContactType only) {
        this.name = name;
        this.only = only;
    }

    public String parameterName() {
        return name;
    }

    /** The one type of contact that it may go to; without one it may go to all. */
    public Optional<ContactType> only() {
        return Optional.ofNullable(only);
    }

    /** Whether it says in parentheses for how long. */
    public boolean isTimed() {
        return this == TIMED_AUTHENTICATION;
    }

    /** Whether it is a code or a ticket, made anew for each message. */
    public boolean isSecret() {
        return CODES.contains(this) || TICKETS.contains(this) || AUTHENTICATIONS.contains(this);
    }

    /** The parameter of that full name, as {@code Recipient.FirstName}. */
    public static Optional<TextParameter> of(String name) {
        return Arrays.stream(values()).filter(known -> known.name.equals(name)).findFirst();
    }

    /** All names, for who mistyped one. */
    static String list() {
        return Arrays.stream(values()).map(known -> "${" + known.name + (known.isTimed() ? "(minutes)" : "") + "}")
                .collect(Collectors.joining(", "));
    }
}
