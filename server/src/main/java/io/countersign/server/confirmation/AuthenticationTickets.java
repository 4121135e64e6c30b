package io.countersign.server.confirmation;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.access.SigningKeys;
import io.countersign.server.confirmation.AuthenticationStore.Stored;
import io.countersign.server.confirmation.HexTicket.Subject;
import io.countersign.server.contact.ContactValues;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.ContactFlags;
import io.countersign.server.project.Integration;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
    }

    /** A new ticket: its text for the message, the rest for the table. */
    public record Made(String text, Wanted wanted, byte[] hash, byte[] value) {
        @Override
        public String toString() {
            return "Made[kind=" + wanted.kind() + "]";
        }
    }

    /** Makes a ticket for one message; it is good once {@link #store} has committed. */
    public Made make(ProjectId project, Wanted wanted) {
        var ticket = new Ticket(project, secrets.fresh(Ticket.SECRET_BYTES));
        byte[] value = wanted.kind().contact().map(type -> bound(project, type, wanted.value().orElseThrow()))
                .orElse(null);
        return new Made(ticket.text(), wanted, secrets.hash(PURPOSE, ticket.hashed()), value);
    }

    public static void store(Tx tx, ProjectId project, List<Made> tickets, Instant now) throws SQLException {
        AuthenticationStore.insert(tx, tickets.stream().map(ticket -> new Object[] {project.value(), ticket.hash(),
            Names.of(ticket.wanted().kind()), ticket.wanted().customer(), ticket.value(), now,
            end(ticket.wanted()).map(now::plus).orElse(null)}).toList());
    }

    private static Optional<Duration> end(Wanted wanted) {
        Optional<Duration> longest = wanted.kind().longest();
        return wanted.life().filter(life -> longest.isPresent() && life.compareTo(longest.get()) < 0).or(() -> longest);
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
        if (signed.isPresent()) {
            return signed.filter(ticket -> ticket.isFresh(clock.instant()))
                    .filter(ticket -> keys.signed(integration, ticket.message(), ticket.signature()))
                    .flatMap(ticket -> database.with(tx -> customerOf(tx, integration, ticket.subject())));
        }
        return Ticket.parse(text).filter(ticket -> ticket.project().equals(project))
                .flatMap(ticket -> database.with(tx -> customerOf(tx, ticket)));
    }

    private Optional<UUID> customerOf(Tx tx, Ticket ticket) throws SQLException {
        byte[] hash = secrets.hash(PURPOSE, ticket.hashed());
        Optional<Stored> found = AuthenticationStore.find(tx, ticket.project(), hash)
                .filter(stored -> MessageDigest.isEqual(stored.hash(), hash))
                .filter(stored -> stored.expiresAt() == null || clock.instant().isBefore(stored.expiresAt()));
        return found.isPresent() && isBoundTo(tx, ticket.project(), found.get())
                ? found.map(Stored::customer) : Optional.empty();
    }

    /** Who has another address now may not be entered by those who read the old one. */
    private boolean isBoundTo(Tx tx, ProjectId project, Stored stored) throws SQLException {
        Optional<ContactType> type = stored.kind().contact();
        return type.isEmpty() || AuthenticationStore.primary(tx, project, stored.customer(), type.get())
                .filter(value -> MessageDigest.isEqual(bound(project, type.get(), value), stored.value())).isPresent();
    }

    private Optional<UUID> customerOf(Tx tx, Integration integration, Subject subject) throws SQLException {
        ContactFlags access = integration.accountAccess();
        return switch (subject) {
            case Subject.Email(String typed) ->
                    holder(tx, integration, ContactType.EMAIL, ContactValues.email(typed), access.email());
            case Subject.Mobile(String typed) ->
                    holder(tx, integration, ContactType.MOBILE, mobile(integration, typed), access.mobile());
            case Subject.ExternalId(String name, String value) ->
                    AuthenticationStore.named(tx, integration.project(), name, value);
        };
    }

    private static Optional<UUID> holder(Tx tx, Integration integration, ContactType type, Optional<String> value,
                                         boolean flagged) throws SQLException {
        return value.isEmpty() ? Optional.empty()
                : AuthenticationStore.holder(tx, integration.project(), type, value.get(), flagged);
    }

    /** Numbers come with the country code but mostly without its plus (DM12); one of the region begins with zero. */
    private Optional<String> mobile(Integration integration, String typed) {
        String region = catalogs.current().project(integration.project()).orElseThrow().phoneRegion();
        String digits = typed.strip();
        return digits.matches("[1-9].*") ? ContactValues.mobile('+' + digits, region)
                : ContactValues.mobile(digits, region);
    }
}
