package io.countersign.server.confirmation;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.access.SigningKeys;
import io.countersign.server.confirmation.AuthenticationStore.Stored;
import io.countersign.server.confirmation.HexTicket.Subject;
import io.countersign.server.contact.ContactValues;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.ContactFlags;
import io.countersign.server.project.Integration;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Tickets that tell who comes: those of our messages (CT9), and those that a site has signed itself (CT10). None of
 * them confirms a contact or changes anything else (docs/decisions/0015-authentication-tickets.md).
 */
public final class AuthenticationTickets {
    private static final String PURPOSE = "authentication";

    private final Database database;
    private final Secrets secrets;
    private final Catalogs catalogs;
    private final SigningKeys keys;
    private final InstantSource clock;

    public AuthenticationTickets(Database database, Secrets secrets, Catalogs catalogs, InstantSource clock) {
        this.database = database;
        this.secrets = secrets;
        this.catalogs = catalogs;
        this.keys = new SigningKeys(database, secrets, clock);
        this.clock = clock;
    }

    /**
     * What a message asks for.
     *
     * @param value the contact that the message goes to, normalised; for kinds that are bound to one
     * @param life  how long the ticket is to be good; kinds with an end of their own end then at the latest
     */
    public record Wanted(UUID customer, AuthenticationKind kind, Optional<String> value, Optional<Duration> life) {
        public Wanted {
            if (kind.contact().isPresent() && value.isEmpty()) {
                throw new IllegalArgumentException(kind + " is bound to a contact");
            }
        }

        /** How long it will be good; empty for as long as the customer lives. */
        Optional<Duration> good() {
            return kind.longest().map(longest -> life.filter(own -> own.compareTo(longest) < 0).orElse(longest));
        }
    }

    /** A new ticket: its text for the message, the rest for the table. */
    public record Made(String text, Wanted wanted, byte[] hash, byte[] value) {
        @Override
        public String toString() {
            return "Made[kind=" + wanted.kind() + "]";
        }
    }

    /** Makes a ticket for one message; it is good once {@link AuthenticationStore#write} has committed. */
    public Made make(ProjectId project, Wanted wanted) {
        var ticket = new Ticket(project, secrets.fresh(Ticket.SECRET_BYTES));
        byte[] value = wanted.kind().contact().map(type -> bound(project, type, wanted.value().orElseThrow()))
                .orElse(null);
        return new Made(ticket.text(), wanted, secrets.hash(PURPOSE, ticket.hashed()), value);
    }

    /** A contact is kept beside the ticket only as a keyed hash: the table gives away no addresses (CT11). */
    private byte[] bound(ProjectId project, ContactType type, String value) {
        return secrets.hash(PURPOSE, "contact:" + project.value() + ":" + type + ":" + value);
    }

    /**
     * The living customer whom a ticket stands for, as this integration may know it. Empty for a text that is no ticket
     * of this project, was not signed by this integration, has expired, or whose customer is gone.
     */
    public Optional<UUID> customerOf(ProjectId project, Integration integration, String text) {
        if (!integration.project().equals(project)) {
            return Optional.empty();
        }
        Optional<HexTicket> signed = HexTicket.parse(text);
        return signed.isPresent()
                ? signed.filter(ticket -> ticket.isFresh(clock.instant()))
                        .filter(ticket -> keys.signed(integration, ticket.message(), ticket.signature()))
                        .flatMap(ticket -> customerOf(integration, ticket.subject()))
                : Ticket.parse(text).filter(ticket -> ticket.project().equals(project)).flatMap(this::customerOf);
    }

    private Optional<UUID> customerOf(Ticket ticket) {
        byte[] hash = secrets.hash(PURPOSE, ticket.hashed());
        return database.with(tx -> AuthenticationStore.find(tx, ticket.project(), hash))
                .filter(stored -> MessageDigest.isEqual(stored.hash(), hash))
                .filter(stored -> stored.expiresAt() == null || clock.instant().isBefore(stored.expiresAt()))
                .filter(stored -> isBound(ticket.project(), stored)).map(Stored::customer);
    }

    /** Who has another address now may not be entered by those who read the old one. */
    private boolean isBound(ProjectId project, Stored stored) {
        Optional<ContactType> type = stored.kind().contact();
        return type.isEmpty() || stored.primary().map(value -> bound(project, type.get(), value))
                .filter(hash -> MessageDigest.isEqual(hash, stored.bound())).isPresent();
    }

    private Optional<UUID> customerOf(Integration integration, Subject subject) {
        ContactFlags access = integration.accountAccess();
        return switch (subject) {
            case Subject.Email(String typed) ->
                    holder(integration, ContactType.EMAIL, ContactValues.email(typed), access.email());
            case Subject.Mobile(String typed) ->
                    holder(integration, ContactType.MOBILE, mobile(integration, typed), access.mobile());
            case Subject.ExternalId(String name, String value) ->
                    database.with(tx -> AuthenticationStore.named(tx, integration.project(), name, value));
        };
    }

    private Optional<UUID> holder(Integration integration, ContactType type, Optional<String> value,
                                  boolean flagged) {
        return value.flatMap(normalised -> database.with(tx ->
                AuthenticationStore.holder(tx, integration.project(), type, normalised, flagged)));
    }

    private Optional<String> mobile(Integration integration, String typed) {
        return catalogs.current().project(integration.project())
                .flatMap(project -> ContactValues.mobile(typed, project.phoneRegion()));
    }
}
