package io.countersign.server.platform.http;

import java.util.List;

/**
 * Where a request comes from.
 *
 * @param client   whom to hold responsible: the peer, or whom a trusted proxy names
 * @param loopback whether it was made on this machine, by all we know
 */
record Origin(ClientAddress client, boolean loopback) {

    private static final List<String> FORWARDING =
            List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via");

    static Origin of(ClientAddress peer, RequestHead head, TrustedProxies trusted) {
        List<String> forwardedFor = head.headers().apply("X-Forwarded-For");
        ClientAddress client = forwardedFor.isEmpty() ? peer : trusted.client(peer, forwardedFor);
        // A proxy on this machine that nobody declared makes strangers look local, so any trace of one
        // counts: only a declared proxy that says the client is local is believed.
        boolean forwarded = FORWARDING.stream().anyMatch(name -> !head.headers().apply(name).isEmpty());
        boolean believed = !forwarded || (trusted.contains(peer) && !forwardedFor.isEmpty());
        return new Origin(client, peer.isLoopback() && client.isLoopback() && believed);
    }
}
