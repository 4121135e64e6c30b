package io.countersign.server.tracking;

import io.countersign.server.link.MessageEvent.Client;
import io.countersign.server.platform.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who fetches, as far as a single request tells. It is a guess that only statistics are made from: what changes
 * something needs a button.
 */
public final class Fetches {
    private static final List<String> AHEAD = List.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz");
    private static final Pattern PREFETCH = Pattern.compile("(?i).*\\b(prefetch|preview|prerender)\\b.*");
    /** Scanners of mail, crawlers, and programs that are no browser. */
    private static final Pattern MACHINE = Pattern.compile("(?i).*((?<!cu)bot\\b|crawl|spider|scan(ner)?\\b"
            + "|preview|monitor|headless|phantomjs|proofpoint|mimecast|barracuda|ironport|symantec|sophos|trendmicro"
            + "|forcepoint|safelinks|existence discovery|facebookexternalhit|python|curl/|wget/|libwww"
            + "|go-http-client|okhttp|java/|java-http-client|apache-httpclient|axios|node-fetch|ruby|perl).*");
    /** What the privacy proxy of a large mail program calls itself, which fetches images before anybody reads. */
    private static final String PRIVACY_PROXY = "Mozilla/5.0";

    private Fetches() {}

    public static Client client(Request request) {
        Optional<String> agent = request.header("User-Agent").filter(text -> !text.isBlank())
                .map(text -> text.replaceAll("\\p{Cntrl}", " "));
        return new Client(isAutomatic(request, agent), Optional.of(request.clientAddress().text()), agent);
    }

    private static boolean isAutomatic(Request request, Optional<String> agent) {
        return request.method().equals("HEAD") || agent.isEmpty() || agent.get().strip().equals(PRIVACY_PROXY)
                || MACHINE.matcher(agent.get()).matches()
                || AHEAD.stream().flatMap(name -> request.header(name).stream())
                        .anyMatch(value -> PREFETCH.matcher(value).matches());
    }
}
