package io.countersign.server.platform.http;

import java.util.ArrayList;
import java.util.List;

/** The proxies whose {@code X-Forwarded-For} is believed: addresses and networks ({@code 10.0.0.0/8}). */
public final class TrustedProxies {

    /** Nobody is believed. */
    public static final TrustedProxies NONE = of(List.of());

    private record Network(byte[] address, int bits) { }

    private final List<Network> networks = new ArrayList<>();

    private TrustedProxies() {
    }

    /**
     * @throws IllegalArgumentException if one is neither an address nor a network
     */
    public static TrustedProxies of(List<String> addressesAndNetworks) {
        TrustedProxies proxies = new TrustedProxies();
        addressesAndNetworks.forEach(text -> proxies.networks.add(network(text)));
        return proxies;
    }

    boolean contains(ClientAddress address) {
        byte[] bytes = address.address().getAddress();
        return networks.stream().anyMatch(network -> matches(network, bytes));
    }

    /**
     * Who the request comes from: walking from the peer outwards, the first that is not a trusted proxy. What
     * stands before it in the header was written by a stranger, so it is not looked at.
     *
     * @param forwardedFor the values of {@code X-Forwarded-For}, in order
     */
    ClientAddress client(ClientAddress peer, List<String> forwardedFor) {
        String[] hops = String.join(",", forwardedFor).split(",");
        ClientAddress client = peer;
        for (int i = hops.length - 1; i >= 0 && contains(client); i--) {
            var next = ClientAddress.parse(hops[i]);
            if (next.isEmpty()) {
                return client;
            }
            client = next.get();
        }
        return client;
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        byte[] address = ClientAddress.parse(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException("Not an address or network: " + text))
                .address().getAddress();
        int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > address.length * 8) {
            throw new IllegalArgumentException("Not a network: " + text);
        }
        return new Network(address, bits);
    }

    private static boolean matches(Network network, byte[] address) {
        if (address.length != network.address.length) {
            return false;
        }
        for (int bit = 0; bit < network.bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((address[bit / 8] & mask) != (network.address[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
