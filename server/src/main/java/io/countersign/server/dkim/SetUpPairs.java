package io.countersign.server.dkim;

import io.countersign.server.project.DkimPairs;

/** The pairs of this feature, as the set-up takes them. */
public final class SetUpPairs implements DkimPairs {
    @Override
    public Pair make(String algorithm) {
        return pair(DkimPair.make(Algorithm.of(algorithm).orElseThrow()));
    }

    @Override
    public Pair read(String pem) {
        return pair(DkimPair.read(pem));
    }

    private static Pair pair(DkimPair pair) {
        return new Pair(pair.algorithm().text(), pair.algorithm().record(pair.publicKey()),
                pair.privateKey().getEncoded());
    }
}
