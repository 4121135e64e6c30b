package io.countersign.server.proof;

import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Json;
import io.countersign.server.proof.SigningKeyStore.Stored;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The keys that sign proof documents. The first is made when it is first needed; private halves are stored sealed. */
final class ProofKeys {
    private final Database database;
    private final Secrets secrets;
    private final InstantSource clock;

    ProofKeys(Database database, Secrets secrets, InstantSource clock) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Signs: a JSON Web Signature in compact form (RFC 7515) with Ed25519 (RFC 8037). */
    String sign(byte[] payload) {
        Stored key = all().getFirst();
        byte[] header = Json.write(Json.object().put("alg", "EdDSA").put("kid", key.id()).put("typ", "JOSE"));
        String signed = base64(header) + "." + base64(payload);
        return signed + "." + base64(Ed25519.sign(secrets.open(key.sealed()),
                signed.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The public halves as a JSON Web Key Set (RFC 7517), the newest first. */
    ObjectNode published() {
        ObjectNode set = Json.object();
        var keys = set.putArray("keys");
        all().forEach(key -> keys.add(jwk(key.publicKey()).put("kid", key.id()).put("use", "sig").put("alg", "EdDSA")));
        return set;
    }

    private List<Stored> all() {
        List<Stored> known = database.with(SigningKeyStore::all);
        return known.isEmpty() ? database.transaction(tx -> {
            SigningKeyStore.lock(tx);
            if (SigningKeyStore.all(tx).isEmpty()) {
                Ed25519.Pair pair = Ed25519.generate();
                SigningKeyStore.insert(tx, new Stored(thumbprint(pair.publicKey()), pair.publicKey(),
                        secrets.seal(pair.privateKey()), clock.instant()));
            }
            return SigningKeyStore.all(tx);
        }) : known;
    }

    /** RFC 7638: the same key has the same name everywhere. */
    private static String thumbprint(byte[] publicKey) {
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(Json.write(jwk(publicKey))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The members that name the key, in the order of RFC 7638. */
    private static ObjectNode jwk(byte[] publicKey) {
        return Json.object().put("crv", "Ed25519").put("kty", "OKP").put("x", base64(publicKey));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
