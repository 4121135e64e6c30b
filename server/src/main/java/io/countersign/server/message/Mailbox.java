package io.countersign.server.message;

import com.sanctionco.jmail.Email;
import com.sanctionco.jmail.JMail;
import java.net.IDN;
import java.nio.charset.StandardCharsets;

/**
 * A display name (may be empty) and one address, as in {@code Acme Shop <hello@acme.test>}. The address is
 * kept as given; what goes over the wire is {@link #wireAddress()}, whose domain is always ASCII (A-labels).
 */
public record Mailbox(String name, String address) {
    private static final int MAX_NAME = 200;
    private static final int MAX_LOCAL_OCTETS = 64;
    private static final int MAX_WIRE_OCTETS = 254;
    /** Of a whole domain here, which keeps every label below it. */
    private static final int MAX_LABEL = 63;

    /** @throws IllegalArgumentException for a control character, a bad address, or one too long for SMTP */
    public Mailbox {
        HeaderText.requireClean("display name", name, MAX_NAME);
        HeaderText.requireClean("address", address, MAX_WIRE_OCTETS);
        requireSendable(address);
    }

    /** Reads {@code Name <address>}, {@code "Name" <address>}, {@code <address>} or a bare address. */
    public static Mailbox parse(String text) {
        var trimmed = text.strip();
        if (!trimmed.endsWith(">")) {
            return new Mailbox("", trimmed);
        }
        int open = trimmed.lastIndexOf('<');
        if (open < 0) {
            throw new IllegalArgumentException("address has '>' without '<'");
        }
        var name = unquoted(trimmed.substring(0, open).strip());
        return new Mailbox(name, trimmed.substring(open + 1, trimmed.length() - 1).strip());
    }

    /**
     * The address as it stands in the envelope and in headers: the domain in A-labels, the local part
     * untouched.
     */
    public String wireAddress() {
        return localPart(address) + '@' + asciiDomain();
    }

    public String asciiDomain() {
        return toAscii(address.substring(address.lastIndexOf('@') + 1));
    }

    /** Whether only a server that offers SMTPUTF8 (RFC 6531) can take this address. */
    public boolean needsSmtpUtf8() {
        return !HeaderText.isAscii(localPart(address));
    }

    private static void requireSendable(String address) {
        var email = JMail.tryParse(address)
                .orElseThrow(() -> new IllegalArgumentException("not an email address"));
        if (isExotic(email, address)) {
            throw new IllegalArgumentException("address form not supported: comment, route or IP literal");
        }
        var local = localPart(address);
        int localOctets = local.getBytes(StandardCharsets.UTF_8).length;
        int domainOctets = toAscii(address.substring(address.lastIndexOf('@') + 1)).length();
        if (localOctets > MAX_LOCAL_OCTETS || localOctets + 1 + domainOctets > MAX_WIRE_OCTETS) {
            throw new IllegalArgumentException("address is too long");
        }
    }

    private static boolean isExotic(Email email, String address) {
        return email.isIpAddress() || email.hasIdentifier() || !email.comments().isEmpty()
                || !email.explicitSourceRoutes().isEmpty() || address.indexOf('<') >= 0
                || address.indexOf('>') >= 0;
    }

    private static String localPart(String address) {
        return address.substring(0, address.lastIndexOf('@'));
    }

    private static String toAscii(String domain) {
        try {
            return isPlain(domain) ? domain : IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("domain of the address is not valid", e);
        }
    }

    /**
     * Whether it is made of small letters and digits with single dots and hyphens between them, and so becomes what it
     * is: the library would look at every label for that.
     */
    private static boolean isPlain(String domain) {
        boolean separated = true;
        for (int i = 0; i < domain.length(); i++) {
            char c = domain.charAt(i);
            boolean separator = c == '.' || c == '-';
            boolean letter = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            if (separator ? separated : !letter) {
                return false;
            }
            separated = separator;
        }
        return !separated && domain.length() <= MAX_LABEL;
    }

    private static String unquoted(String name) {
        if (name.length() < 2 || name.charAt(0) != '"' || name.charAt(name.length() - 1) != '"') {
            return name;
        }
        return name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1");
    }
}
