package io.countersign.server.campaign;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.campaign.AddressStore.Address;
import io.countersign.server.contact.IncomingContact;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.BodyLines;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.Project;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Takes the file of a campaign in, as it arrives: a chunk at a time, whatever its size. */
final class AddressFileStore {
    /** Addresses of a file, and a header. */
    static final int MOST_LINES = 1_000_001;
    private static final int LONGEST = 400;
    private static final int CHUNK = 5_000;
    private static final Set<String> HEADERS = Set.of("email", "mobile", "phone");

    private final Database database;
    private final Campaign campaign;
    private final Project project;
    private final ContactType type;
    private final UUID taking;

    /** @param taking names this taking in of a file, among others of the same campaign */
    AddressFileStore(Database database, Campaign campaign, Project project, UUID taking) {
        this.database = database;
        this.campaign = campaign;
        this.project = project;
        this.taking = taking;
        this.type = AudienceSql.type(campaign.scope().channel());
    }

    /** Replaces the campaign's file; answers how many lines it has. A file that breaks off is sent to nobody. */
    int take(InputStream body, Instant now) throws IOException {
        inOpen(tx -> AddressStore.begin(tx, campaign, taking, now));
        var lines = new BodyLines(body, LONGEST, MOST_LINES);
        var chunk = new ArrayList<Address>(CHUNK);
        int count = 0;
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            String cell = unquoted(line.get(), lines.number());
            if (count == 0 && HEADERS.contains(cell.toLowerCase(Locale.ROOT))) {
                continue;
            }
            count++;
            chunk.add(address(lines.number(), cell));
            if (chunk.size() == CHUNK) {
                add(chunk);
                chunk.clear();
            }
        }
        add(chunk);
        inTaking(tx -> AddressStore.end(tx, campaign));
        return count;
    }

    private void add(List<Address> chunk) {
        inTaking(tx -> AddressStore.add(tx, campaign, chunk));
    }

    private void inTaking(Work work) {
        inOpen(tx -> {
            if (!AddressStore.isTaking(tx, campaign, taking)) {
                throw new ProblemException(Problem.CONFLICT, "Another file was given to the campaign meanwhile.");
            }
            work.run(tx);
        });
    }

    private interface Work {
        void run(Tx tx) throws SQLException;
    }

    /** A campaign that has begun meanwhile keeps what it has. */
    private void inOpen(Work work) {
        boolean open = database.transaction(tx -> {
            boolean locked = AddressStore.lockOpen(tx, campaign);
            if (locked) {
                work.run(tx);
            }
            return locked;
        });
        if (!open) {
            throw new ProblemException(Problem.CONFLICT, "The campaign has begun: its recipients are what they are.");
        }
    }

    /** One cell, perhaps in quotes; a second one is refused, so that no other column is taken for an address. */
    private static String unquoted(String line, int number) {
        String cell = line.length() > 1 && line.startsWith("\"") && line.endsWith("\"")
                ? line.substring(1, line.length() - 1).replace("\"\"", "\"").strip() : line;
        if (cell.contains(",") || cell.contains(";") || cell.contains("\t")) {
            throw new ProblemException(Problem.INVALID_VALUE, "Line " + number + " has more than one column.");
        }
        return cell;
    }

    private Address address(int line, String typed) {
        return switch (IncomingContact.of(project, type, typed)) {
            case IncomingContact.Usable(String value) -> Address.of(line, value);
            case IncomingContact.Malformed _ -> Address.of(line, typed).with("refused", "malformed");
            case IncomingContact.Blocked _ -> Address.of(line, typed).with("refused", "blocked");
        };
    }
}
