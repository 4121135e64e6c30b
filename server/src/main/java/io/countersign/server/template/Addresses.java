package io.countersign.server.template;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which addresses a link may have. */
final class Addresses {
    static final int LONGEST = 8_000;
    private static final Pattern WITHOUT_CONTROLS = Pattern.compile("[a-zA-Z]+:[^\\p{Cntrl}]+");

    private Addresses() {}

    static boolean isWeb(String address) {
        int host = startsWith(address, "https://") ? 8 : startsWith(address, "http://") ? 7 : address.length();
        boolean hasHost = host < address.length() && "/?#".indexOf(address.charAt(host)) < 0;
        return hasHost && address.length() <= LONGEST && !hasBlank(address);
    }

    /** Blanks, line breaks, and what is not to be seen at all. */
    private static boolean hasBlank(String address) {
        for (int i = 0; i < address.length(); i++) {
            if (address.charAt(i) <= ' ' || address.charAt(i) == 0x7f) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(String address, String start) {
        return address.regionMatches(true, 0, start, 0, start.length());
    }

    /** A place in the text itself, a mail to be written, a number to be called. */
    static boolean isUntouched(String address) {
        boolean call = startsWith(address, "mailto:") || startsWith(address, "tel:") || startsWith(address, "sms:");
        return address.startsWith("#") || call && WITHOUT_CONTROLS.matcher(address).matches();
    }

    /** Whether a browser would run it, whatever stands before and in between. */
    static boolean isScript(String address) {
        String plain = address.replaceAll("[\\s\\p{Cntrl}]", "").toLowerCase(Locale.ROOT);
        return plain.startsWith("javascript:") || plain.startsWith("vbscript:") || plain.startsWith("data:text");
    }
}
