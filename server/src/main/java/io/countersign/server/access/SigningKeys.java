package io.countersign.server.access;

import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Integration;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks what an integration has signed with one of its keys; the keys do not leave this class. */
public final class SigningKeys {
    private final Database database;
    private final Secrets secrets;
    private final InstantSource clock;

    public SigningKeys(Database database, Secrets secrets, InstantSource clock) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Whether {@code signature} is the HMAC-SHA-512 of {@code message} with a key of this integration that is neither
     * revoked nor a test key grown too old. A key provisioned before keys could sign signs nothing.
     */
    public boolean signed(Integration integration, byte[] message, byte[] signature) {
        boolean signed = false;
        var youngest = clock.instant().minus(Access.TEST_KEY_LIFE);
        for (byte[] sealed : database.with(tx -> AccessStore.signingKeys(tx, integration, youngest))) {
            signed |= MessageDigest.isEqual(hmac(secrets.open(sealed), message), signature);
        }
        return signed;
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key, "HmacSHA512"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
