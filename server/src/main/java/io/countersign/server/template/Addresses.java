package io.countersign.server.template;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which addresses a link may have. */
final class Addresses {
    static final int LONGEST = 8_000;
    private static final Pattern WEB = Pattern.compile("https?://[^/?#\\s\\p{Cntrl}]+[^\\s\\p{Cntrl}]*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CALL = Pattern.compile("(mailto|tel|sms):[^\\p{Cntrl}]+", Pattern.CASE_INSENSITIVE);

    private Addresses() {}

    static boolean isWeb(String address) {
        return address.length() <= LONGEST && WEB.matcher(address).matches();
    }

    /** A place in the text itself, a mail to be written, a number to be called. */
    static boolean isUntouched(String address) {
        return address.startsWith("#") || CALL.matcher(address).matches();
    }

    /** Whether a browser would run it, whatever stands before and in between. */
    static boolean isScript(String address) {
        String plain = address.replaceAll("[\\s\\p{Cntrl}]", "").toLowerCase(Locale.ROOT);
        return plain.startsWith("javascript:") || plain.startsWith("vbscript:") || plain.startsWith("data:text");
    }
}
