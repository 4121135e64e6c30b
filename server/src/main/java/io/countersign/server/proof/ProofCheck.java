package io.countersign.server.proof;

import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Verifies a proof document by published keys, with nothing else at hand. */
public final class ProofCheck {
    private ProofCheck() {}

    /** What came of it. */
    public sealed interface Verdict {
        /** The document is what the holder of this key signed. */
        record Genuine(String key, JsonNode document) implements Verdict {}

        record Refused(String why) implements Verdict {}
    }

    /**
     * @param proof what {@code /v1/customers/{id}/proof} answered
     * @param keys  what {@code /v1/signing-keys} answered
     */
    public static Verdict check(byte[] proof, byte[] keys) {
        try {
            ObjectNode file = Json.parseObject(proof);
            String[] parts = file.path("signature").asString("").split("\\.", -1);
            if (parts.length != 3) {
                return new Verdict.Refused("there is no signature in it");
            }
            ObjectNode header = Json.parseObject(decode(parts[0]));
            if (!header.path("alg").asString("").equals("EdDSA") || header.has("crit")) {
                return new Verdict.Refused("the signature is of a kind that is not known here");
            }
            String name = header.path("kid").asString("");
            byte[] key = key(Json.parseObject(keys), name);
            if (key.length == 0) {
                return new Verdict.Refused("it is signed by the key " + name + ", which is not among the keys");
            }
            byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
            if (!Ed25519.verifies(key, signed, decode(parts[2]))) {
                return new Verdict.Refused("the signature does not fit");
            }
            JsonNode document = Json.parse(decode(parts[1]));
            return document.equals(file.path("document")) ? new Verdict.Genuine(name, document)
                    : new Verdict.Refused("the document is not the one that was signed");
        } catch (ProblemException | IllegalArgumentException e) {
            return new Verdict.Refused("it is not well formed: " + e.getMessage());
        }
    }

    private static byte[] key(ObjectNode set, String name) {
        for (JsonNode key : set.path("keys")) {
            if (key.path("kid").asString("").equals(name) && key.path("kty").asString("").equals("OKP")
                    && key.path("crv").asString("").equals("Ed25519")) {
                return decode(key.path("x").asString(""));
            }
        }
        return new byte[0];
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
