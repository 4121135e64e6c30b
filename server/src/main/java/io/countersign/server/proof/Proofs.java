package io.countersign.server.proof;

import io.countersign.server.consent.ChainFinding;
import io.countersign.server.consent.CustomerChains;
import io.countersign.server.customer.CustomerDocuments;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Json;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Project;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes proof documents: all that is known of a customer's consents at one moment, signed. */
public final class Proofs {
    private final Database database;
    private final InstantSource clock;
    private final CustomerChains chains;
    private final ProofKeys keys;

    public Proofs(Database database, Secrets secrets, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.chains = new CustomerChains(secrets);
        this.keys = new ProofKeys(database, secrets, clock);
    }

    /**
     * The signed document of a customer; an id that was merged away finds the survivor. The signature is a JSON Web
     * Signature that holds the document, so that nobody has to write JSON in one certain form to verify it.
     *
     * @param by whom it is made for
     */
    public Optional<ObjectNode> of(Catalog catalog, Project project, UUID customer, String by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return database.transaction(tx -> {
            tx.update("set transaction isolation level repeatable read, read only");
            Optional<ObjectNode> person = CustomerDocuments.single(tx, catalog, project, customer, now);
            if (person.isEmpty()) {
                return Optional.<ObjectNode>empty();
            }
            List<UUID> ids = CustomerDocuments.ids(person.get());
            ObjectNode document = Json.object().put("kind", "countersign-proof").put("version", 1)
                    .put("project", project.slug()).put("made_at", now.toString()).put("made_for", by);
            document.set("customer", person.get());
            SentStore.of(tx, project.id().value(), ids).forEach(document.putArray("messages")::add);
            ArrayNode list = document.putArray("chains");
            chains.of(project.id().value(), ids).run(tx).forEach(chain -> list.add(shown(chain)));
            return Optional.of(document);
        }).map(document -> {
            ObjectNode proof = Json.object();
            proof.set("document", document);
            return proof.put("signature", keys.sign(Json.write(document)));
        });
    }

    /** The public keys that verify documents. */
    public ObjectNode keys() {
        return keys.published();
    }

    private static ObjectNode shown(CustomerChains.Checked chain) {
        byte[] hash = chain.head().hash();
        ObjectNode node = Json.object().put("customer", Ids.show("cus", chain.customer()))
                .put("consents", chain.head().length())
                .put("hash", hash == null ? null : HexFormat.of().formatHex(hash))
                .put("as_recorded", chain.found().isEmpty());
        ArrayNode found = node.putArray("found");
        for (ChainFinding finding : chain.found()) {
            found.addObject().put("what", Names.of(finding.what()))
                    .put("consent", finding.record().map(id -> Ids.show("con", id)).orElse(null));
        }
        return node;
    }
}
