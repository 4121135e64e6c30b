package io.countersign.server.platform.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a request comes from. An IPv4 address written as IPv6 ({@code ::ffff:192.0.2.1}) is the IPv4 address;
 * a scope ({@code %eth0}) is dropped.
 */
public record ClientAddress(InetAddress address) {

    public ClientAddress {
        address = withoutScope(address);
    }

    /** The address of a literal; empty for anything else. Never asks a name server. */
    public static Optional<ClientAddress> parse(String literal) {
        String text = literal.strip();
        if (text.startsWith("[") && text.endsWith("]")) {
            text = text.substring(1, text.length() - 1);
        }
        if (text.length() > 45 || !text.matches("[0-9]+(\\.[0-9]+){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ClientAddress(InetAddress.ofLiteral(text)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The address in its usual text form. */
    public String text() {
        return address.getHostAddress();
    }

    /**
     * What limits are counted by: the IPv4 address, or the /64 of an IPv6 address, because one subscriber has
     * a whole /64 and could come from another address of it every time.
     */
    public String limitKey() {
        if (!(address instanceof Inet6Address)) {
            return text();
        }
        byte[] prefix = Arrays.copyOf(Arrays.copyOf(address.getAddress(), 8), 16);
        return of(prefix).getHostAddress() + "/64";
    }

    public boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    private static InetAddress withoutScope(InetAddress address) {
        boolean scoped = address instanceof Inet6Address six && six.getScopeId() != 0;
        return scoped ? of(address.getAddress()) : address;
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
