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
    static {
        // That it reads keys of Ed25519 as well; looked at when it is loaded, which nothing but this class does.
        System.setProperty("com.amazon.corretto.crypto.provider.registerEdKeyFactory", "true");
    }

    private static final Optional<Provider> NATIVE = Optional.<Provider>of(AmazonCorrettoCryptoProvider.INSTANCE)
            .filter(_ -> AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null);

    private Signatures() {}

    /** Reads keys for {@link #of}: one of another's make would be translated anew for each signature, at twice its cost. */
    static KeyFactory keys(Algorithm algorithm) throws GeneralSecurityException {
        return NATIVE.isPresent() ? KeyFactory.getInstance(algorithm.family(), NATIVE.get())
                : KeyFactory.getInstance(algorithm.family());
    }

    static Signature of(Algorithm algorithm) throws GeneralSecurityException {
        return NATIVE.isPresent() ? Signature.getInstance(algorithm.signature(), NATIVE.get())
                : Signature.getInstance(algorithm.signature());
    }
}
