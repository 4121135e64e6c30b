package io.countersign.server.contact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;

/**
 * The range that a number lies in: the country calling code and the three digits after it, such as {@code +49151}.
 * Who earns from SMS to numbers of their own has them by the range, so that what goes to one range is counted together.
 */
public final class SmsPrefix {
    private static final int DIGITS = 3;
    /** Where the plan is not known: as long as with the usual code of two digits. */
    private static final int UNKNOWN_CODE = 2;

    private SmsPrefix() {}

    /** @param number in E.164, with {@code +}; one that is shorter than its prefix is its own */
    public static String of(String number) {
        return number.substring(0, Math.min(number.length(), 1 + codeLength(number) + DIGITS));
    }

    private static int codeLength(String number) {
        try {
            int code = PhoneNumberUtil.getInstance().parse(number, null).getCountryCode();
            return Integer.toString(code).length();
        } catch (NumberParseException e) {
            return UNKNOWN_CODE;
        }
    }
}
