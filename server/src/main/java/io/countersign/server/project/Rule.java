package io.countersign.server.project;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.sanctionco.jmail.JMail;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a text of a file must be.
 *
 * @param says the end of a sentence about it: "must be ..."
 */
record Rule(Predicate<String> holds, String says) {
    private static final int SHOWN = 60;

    static final Rule SLUG = pattern("[a-z0-9][a-z0-9-]{0,62}",
            "must be 1 to 63 lower-case letters, digits or hyphens, not beginning with a hyphen");
    static final Rule INTEGRATION = pattern("[A-Za-z0-9][A-Za-z0-9._-]{0,62}",
            "must be 1 to 63 letters, digits, dots, hyphens or underscores, "
                    + "beginning with a letter or digit");
    static final Rule FORM = pattern("[A-Za-z0-9][A-Za-z0-9_-]{0,62}",
            "must be 1 to 63 letters, digits, hyphens or underscores, beginning with a letter or digit");
    static final Rule OPERATION = pattern("[A-Za-z0-9][A-Za-z0-9._-]{0,99}",
            "must be 1 to 100 letters, digits, dots, hyphens or underscores, beginning with a letter or digit");
    static final Rule SUBJECT = new Rule(text -> isLine(text, 300), "must be one line of 1 to 300 characters");
    static final Rule TEXT = new Rule(Rule::isText, "must be text of 1 to 100000 characters");
    static final Rule NAME = new Rule(text -> isLine(text, 200), "must be one line of 1 to 200 characters");
    static final Rule TIME_ZONE = new Rule(Rule::isTimeZone, "must be a time zone like Europe/Berlin");
    static final Rule REGION = new Rule(text -> PhoneNumberUtil.getInstance().getSupportedRegions()
            .contains(text),
            "must be a region of two capital letters like DE");
    static final Rule LANGUAGE = new Rule(Rule::isLanguage, "must be a language like en or pt-BR");
    static final Rule EMAIL = new Rule(text -> isEmail(text) && !text.contains("<"),
            "must be an email address");
    static final Rule SENDER_EMAIL = new Rule(Rule::isEmail,
            "must be an email address, alone or as \"Name <address>\"");
    static final Rule SENDER_SMS = pattern("[A-Za-z0-9 ]{1,11}|\\+?[0-9]{3,15}",
            "must be 1 to 11 letters, digits or blanks, or a number");
    static final Rule BLOCKED = new Rule(text -> text.matches("[^\\s@]{1,190}@[^\\s@]{1,253}"),
            "must be an address in which * stands for anything, like *@example.org");
    static final Rule SITE = new Rule(Rule::isOrigin, "must be a site like https://www.example.org");
    static final Rule DOMAIN = pattern("(?=.{3,190}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+",
            "must be a domain in small letters like bounce.example.org");
    static final Rule DOMAIN_OR_ALL = new Rule(text -> text.equals("*") || DOMAIN.holds.test(text),
            "must be a domain in small letters, or * for all others");
    static final Rule HOST = pattern("[A-Za-z0-9.:_-]{1,253}", "must be a host name or an IP address");
    static final Rule DIRECTORY = new Rule(text -> text.startsWith("/") && isLine(text, 500),
            "must be the whole path of a directory, beginning with /");
    static final Rule BASE_URL = new Rule(Rule::isBaseUrl,
            "must be an address like https://api.example.org, without user, query and fragment");
    static final Rule COLOR = pattern("#[0-9a-fA-F]{6}", "must be a colour like #0a7d55");
    static final Rule URL = new Rule(Rule::isUrl, "must be an address like https://www.example.org/welcome");
    static final Rule POSTAL_ADDRESS = new Rule(text -> text.length() <= 500 && isText(text),
            "must be text of 1 to 500 characters");
    static final Rule MESSAGES_PER_DAY = pattern("[1-9][0-9]{0,2}|1000", "must be a whole number from 1 to 1000");
    static final Rule ACCOUNT = pattern("[A-Za-z0-9_.-]{1,100}",
            "must be 1 to 100 letters, digits, dots, hyphens or underscores");
    static final Rule GATEWAY_FROM = pattern("[A-Za-z0-9 ]{1,11}|\\+?[0-9]{3,15}|MG[0-9a-fA-F]{32}",
            "must be 1 to 11 letters, digits or blanks, a number, or the id of a messaging service");
    static final Rule SYSTEM_ID = pattern("[!-~]{1,15}", "must be 1 to 15 characters of ASCII without blanks");
    static final Rule SYSTEM_TYPE = pattern("[!-~]{1,12}", "must be 1 to 12 characters of ASCII without blanks");
    static final Rule SMPP_PASSWORD = new Rule(text -> text.matches("[ -~]{1,8}"),
            "must be 1 to 8 characters of ASCII");
    static final Rule SECRET = new Rule(text -> text.matches("[!-~]{16,200}"),
            "must be 16 to 200 characters of ASCII without blanks");
    static final Rule PRIVATE_KEY = new Rule(text -> text.length() <= 10_000 && isText(text)
            && text.contains("PRIVATE KEY-----"), "must be a private key of RSA in PEM");
    static final Rule PASSWORD = new Rule(text -> text.length() >= 8 && isLine(text, 200),
            "must be one line of 8 to 200 characters");
    static final Rule CREDENTIAL = new Rule(text -> isLine(text, 500),
            "must be one line of 1 to 500 characters");

    static Rule oneOf(String... words) {
        return new Rule(List.of(words)::contains, "must be one of " + String.join(", ", words));
    }

    /** The same, or an empty text, which takes away what there is. */
    Rule orEmpty() {
        return new Rule(text -> text.isEmpty() || holds.test(text), says + ", or empty for none");
    }

    private static Rule pattern(String pattern, String says) {
        return new Rule(text -> text.matches(pattern), says);
    }

    /** What is wrong with {@code text}, if anything; secrets are not repeated. */
    Optional<String> wrong(String text) {
        boolean secret = this == SECRET || this == PASSWORD || this == CREDENTIAL
                || this == SMPP_PASSWORD || this == PRIVATE_KEY;
        return holds.test(text) ? Optional.empty() : Optional.of(says + (secret ? "" : butIs(text)));
    }

    static String butIs(String text) {
        return ", not \"" + shown(text) + "\"";
    }

    /** Fit for a line of a message: short, without control characters. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }

    private static boolean isLine(String text, int longest) {
        return !text.isBlank() && text.length() <= longest && text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isText(String text) {
        return !text.isBlank() && text.length() <= 100_000 && text.chars().allMatch(letter ->
                letter == '\n' || letter == '\r' || letter == '\t' || !Character.isISOControl(letter));
    }

    private static boolean isTimeZone(String text) {
        try {
            return text.equals(ZoneId.of(text).getId());
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isLanguage(String text) {
        return text.matches("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
                && Arrays.asList(Locale.getISOLanguages())
                .contains(Locale.forLanguageTag(text).getLanguage());
    }

    private static boolean isEmail(String text) {
        return isLine(text, 320) && JMail.isValid(text);
    }

    private static boolean isBaseUrl(String text) {
        try {
            var uri = new URI(text);
            return text.length() <= 300 && text.matches("https?://.+") && uri.getHost() != null
                    && uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isUrl(String text) {
        try {
            var uri = new URI(text);
            return text.length() <= 2000 && text.matches("(?i)https?://[!-~]+") && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isOrigin(String text) {
        try {
            var uri = new URI(text);
            boolean bare = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null
                    && List.of("", "/").contains(String.valueOf(uri.getPath()));
            return text.length() <= 300 && bare && uri.getHost() != null
                    && List.of("http", "https")
                    .contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
