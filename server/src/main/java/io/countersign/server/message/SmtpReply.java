package io.countersign.server.message;

import java.util.regex.Pattern;

/** Reads the answers of mail servers. */
final class SmtpReply {
    private static final Pattern LINE_START = Pattern.compile("(?m)^\\d{3}(?:[ -]|$)");
    private static final Pattern ENHANCED = Pattern.compile("^([245])\\.(\\d{1,3})\\.(\\d{1,3})(?= |$)");

    private SmtpReply() {
    }

    /** Reads the lines of an answer with their codes, as they came: the server is not trusted. */
    static ProviderReply of(int code, String lines) {
        var head = lines.substring(0, Math.min(lines.length(), 4 * ProviderReply.MAX_TEXT));
        var plain = new ProviderReply(code, "", LINE_START.matcher(head).replaceAll(""));
        var enhanced = ENHANCED.matcher(plain.text());
        boolean agrees = enhanced.find() && enhanced.group(1).charAt(0) - '0' == code / 100;
        return agrees ? new ProviderReply(code, enhanced.group(), plain.text()) : plain;
    }

    static boolean isPermanent(ProviderReply reply) {
        return reply.code() >= 500 && reply.code() <= 599;
    }

    static boolean isTransient(ProviderReply reply) {
        return reply.code() >= 400 && reply.code() <= 499;
    }
}
