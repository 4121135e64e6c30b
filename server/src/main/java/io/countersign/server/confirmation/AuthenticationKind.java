package io.countersign.server.confirmation;

import io.countersign.domain.contact.ContactType;
import java.time.Duration;
import java.util.Optional;

/** Tickets in messages that tell a site who comes (CT9); none of them confirms anything by itself. */
public enum AuthenticationKind {
    /** {@code EmailAuthenticationTicket}: good as long as the address is the customer's. */
    EMAIL(ContactType.EMAIL, null),
    /** {@code EmailAuthenticationHexTicket}. */
    EMAIL_HEX(ContactType.EMAIL, Duration.ofMinutes(30)),
    /** {@code MobilePhoneAuthenticationHexTicket}. */
    MOBILE_HEX(ContactType.MOBILE, Duration.ofMinutes(30)),
    /** {@code UniversalAuthenticationCustomizableTimeTicket(minutes)}. */
    UNIVERSAL(null, Duration.ofMinutes(129_600)),
    /** {@code PermanentAuthenticationTicket}. */
    PERMANENT(null, null);

    private final ContactType contact;
    private final Duration longest;

    AuthenticationKind(ContactType contact, Duration longest) {
        this.contact = contact;
        this.longest = longest;
    }

    /** The type of the contact that it is bound to; without one it is the customer's wherever he is reached. */
    public Optional<ContactType> contact() {
        return Optional.ofNullable(contact);
    }

    /** How long it is good at most; empty for as long as the customer lives. */
    public Optional<Duration> longest() {
        return Optional.ofNullable(longest);
    }
}
