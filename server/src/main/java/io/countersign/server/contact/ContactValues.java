package io.countersign.server.contact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.sanctionco.jmail.Email;
import com.sanctionco.jmail.JMail;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Normalises contacts, once, where they come in (DM12): everything behind this compares plain texts. */
public final class ContactValues {
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_PHONE = 40;
    /** Letters whose domain differs between the two generations of IDNA: only the {@code xn--} form is unambiguous. */
    private static final String AMBIGUOUS = "\u00DF\u1E9E\u03C2\u200C\u200D";

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final String NO_REGION = "ZZ";

    private ContactValues() {}

    /**
     * The one form of an email address: lower case, the domain in ASCII (A-labels). The local part must be ASCII, so
     * that no two mailboxes fall together by letters that only look alike.
     *
     * @return empty when it is not an address that mail can go to
     */
    public static Optional<String> email(String typed) {
        String text = typed.strip();
        int at = text.lastIndexOf('@');
        if (at < 1 || text.length() > LONGEST_EMAIL || !isAscii(text.substring(0, at))) {
            return Optional.empty();
        }
        return domain(text.substring(at + 1))
                .map(domain -> text.substring(0, at).toLowerCase(Locale.ROOT) + '@' + domain)
                .filter(address -> address.length() <= LONGEST_EMAIL && at <= LONGEST_LOCAL)
                .filter(ContactValues::isPlainAddress);
    }

    private static Optional<String> domain(String typed) {
        if (typed.codePoints().anyMatch(letter -> AMBIGUOUS.indexOf(letter) >= 0)) {
            return Optional.empty();
        }
        try {
            String ascii = IDN.toASCII(typed, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return Optional.of(ascii).filter(domain -> domain.indexOf('.') > 0);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** No comments, quotes, routes or IP literals: forms that no mailbox of a person has. */
    private static boolean isPlainAddress(String address) {
        Optional<Email> email = JMail.tryParse(address);
        return email.isPresent() && !email.get().isIpAddress() && !email.get().hasIdentifier()
                && email.get().comments().isEmpty() && email.get().explicitSourceRoutes().isEmpty()
                && address.chars().noneMatch(letter -> letter <= ' ' || letter == 0x7F
                        || "\"()<>[]\\,;:".indexOf(letter) >= 0);
    }

    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    /**
     * A phone number in E.164.
     *
     * @param region the project's, for numbers without a country code
     * @return empty when no such number can exist
     */
    public static Optional<String> mobile(String typed, String region) {
        if (typed.length() > LONGEST_PHONE) {
            return Optional.empty();
        }
        Optional<PhoneNumber> own = parsed(typed, region);
        Optional<PhoneNumber> valid = own.filter(NUMBERS::isValidNumber);
        Optional<PhoneNumber> bare = withCountryCode(typed);
        // Where numbers begin with a zero at home, one that does not can only be one with the country code.
        boolean zero = "0".equals(NUMBERS.getNddPrefixForRegion(region, true));
        return (zero ? bare.or(() -> valid) : valid.or(() -> bare)).or(() -> own)
                .map(number -> NUMBERS.format(number, PhoneNumberFormat.E164));
    }

    /** Systems that keep digits only write numbers with the country code, but without its plus (DM12). */
    private static Optional<PhoneNumber> withCountryCode(String typed) {
        String text = typed.strip();
        return text.isEmpty() || text.charAt(0) < '1' || text.charAt(0) > '9' ? Optional.empty()
                : parsed('+' + text, NO_REGION).filter(NUMBERS::isValidNumber);
    }

    private static Optional<PhoneNumber> parsed(String typed, String region) {
        try {
            PhoneNumber number = NUMBERS.parse(typed, region);
            // Not isPossibleNumber, which also takes what can only be dialled inside a town.
            boolean possible = NUMBERS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE;
            return possible && number.getExtension().isEmpty() ? Optional.of(number) : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /** Whether a normalised address matches one of the project's patterns ({@code *@*.edu}). */
    static boolean isBlocked(String email, List<String> patterns) {
        return patterns.stream().anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), email));
    }

    /** Each part between stars must come in order; linear in both texts. */
    private static boolean matches(String pattern, String text) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equals(text);
        }
        String last = parts[parts.length - 1];
        if (!text.startsWith(parts[0]) || !text.endsWith(last)
                || text.length() < parts[0].length() + last.length()) {
            return false;
        }
        int from = parts[0].length();
        int end = text.length() - last.length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], from);
            if (found < 0 || found + parts[i].length() > end) {
                return false;
            }
            from = found + parts[i].length();
        }
        return true;
    }
}
