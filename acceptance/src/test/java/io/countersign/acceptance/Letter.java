package io.countersign.acceptance;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A mail as a mail program takes it apart; what its links are, an HTML parser says. */
record Letter(SmtpSink.Mail mail, MimeMessage message, String text, Document html) {
    private static final Pattern IN_TEXT = Pattern.compile("https?://[^\\s<>\"]+");
    private static final Pattern IN_HEADER = Pattern.compile("<(https?://[^>]+)>");

    static Letter of(SmtpSink.Mail mail) throws MessagingException, IOException {
        MimeMessage message = mail.parsed();
        return new Letter(mail, message, Mailbox.part(message, "text/plain"),
                Jsoup.parse(Mailbox.part(message, "text/html")));
    }

    /** The addresses in a text, such as that of an SMS. */
    static List<String> addresses(String text) {
        return IN_TEXT.matcher(text).results().map(MatchResult::group).toList();
    }

    /** Every address of the web in it: of the HTML, of the text, and of the header by which one leaves. */
    Set<String> links() throws MessagingException {
        var links = new LinkedHashSet<String>();
        for (String attribute : List.of("href", "src", "background", "action")) {
            html.select("[" + attribute + "]").eachAttr(attribute).stream().filter(link -> link.startsWith("http"))
                    .forEach(links::add);
        }
        links.addAll(addresses(text));
        IN_HEADER.matcher(header("List-Unsubscribe")).results().map(found -> found.group(1)).forEach(links::add);
        return links;
    }

    /** One line, whatever the mail breaks; empty where there is none. */
    String header(String name) throws MessagingException {
        String value = message.getHeader(name, null);
        return value == null ? "" : value.replaceAll("\\r?\\n[ \\t]+", " ");
    }

    /** The path of the first link to a page of ours, such as {@code /c/}. */
    String page(String start) throws MessagingException {
        return pages(start).stream().findFirst()
                .orElseThrow(() -> new AssertionError("no link to " + start + " in " + html + text));
    }

    /** The paths of all links to such pages. */
    List<String> pages(String start) throws MessagingException {
        return links().stream().map(Letter::path).filter(path -> path.startsWith(start)).toList();
    }

    /** The path of the link that mail programs post to. */
    String leaving() throws MessagingException {
        var link = IN_HEADER.matcher(header("List-Unsubscribe"));
        if (!link.find()) {
            throw new AssertionError("no link to leave by: " + header("List-Unsubscribe"));
        }
        return path(link.group(1));
    }

    /** Path and query. */
    static String path(String link) {
        URI uri = URI.create(link);
        if (uri.getHost() == null) {
            throw new AssertionError("a link without a host: " + link);
        }
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }
}
