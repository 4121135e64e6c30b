package io.countersign.server.dkim;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;

/**
 * Signatures by native code where that loads, else by the JDK: the same bytes, in half the time with RSA, which is most
 * of what a signed mail costs.
 */
final class Signatures {
    private static final Optional<Provider> NATIVE = Optional.<Provider>of(AmazonCorrettoCryptoProvider.INSTANCE)
            .filter(_ -> AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null);

    private Signatures() {}

    /**
     * Reads keys for {@link #of}. An RSA key of another's make would be translated anew for each signature, at twice
     * its cost; keys of Ed25519 the native library leaves to the JDK, and signs by them at no such cost.
     */
    static KeyFactory keys(Algorithm algorithm) throws GeneralSecurityException {
        String family = algorithm.family();
        Optional<Provider> reader = NATIVE.filter(it -> it.getService("KeyFactory", family) != null);
        return reader.isPresent() ? KeyFactory.getInstance(family, reader.get()) : KeyFactory.getInstance(family);
    }

    static Signature of(Algorithm algorithm) throws GeneralSecurityException {
        return NATIVE.isPresent() ? Signature.getInstance(algorithm.signature(), NATIVE.get())
                : Signature.getInstance(algorithm.signature());
    }
}
