package io.countersign.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A customer's own site: a page with the tracker, under a policy that allows its scripts and nothing inline; and the
 * logo of a brand.
 */
final class LandingSite implements AutoCloseable {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <title>Welcome</title>
            <script src="%s/tracker.js" data-endpoint="website" data-confirm="%s" defer></script>
            <script src="/page.js"></script>
            </head>
            <body><p>Welcome to our site.</p></body>
            </html>
            """;
    /** What the site does with the answer: here it only notes it, and when the tracker is there. */
    private static final String SCRIPT = """
            document.addEventListener('countersign:ticket', event => {
              document.documentElement.dataset.answer = JSON.stringify(event.detail);
            });
            document.querySelector('[data-endpoint]').addEventListener('load', () => {
              document.documentElement.dataset.tracker = 'loaded';
            });
            """;
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40" width="120" height="40">
            <rect width="120" height="40" rx="8" fill="#7a1f5c"/><circle cx="24" cy="20" r="10" fill="#ffd166"/>
            <path d="M46 26h60M46 15h38" stroke="#fff" stroke-width="5" stroke-linecap="round"/></svg>
            """;

    private final HttpServer server;
    private volatile URI countersign;

    private LandingSite(HttpServer server) {
        this.server = server;
    }

    static LandingSite start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var site = new LandingSite(server);
            server.createContext("/", site::answer);
            server.start();
            return site;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String origin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** From now on its pages have the tracker of this server. */
    void embed(URI base) {
        countersign = base;
    }

    /** Each page is there as {@code /} and {@code /interaction}, whatever the query. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean logo = path.equals("/logo.svg");
            boolean script = path.equals("/page.js");
            String confirm = path.equals("/interaction") ? "interaction" : "load";
            byte[] body = (script ? SCRIPT : logo ? LOGO : PAGE.formatted(countersign, confirm))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", script ? "text/javascript" : logo ? "image/svg+xml"
                    : "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; img-src 'self'; "
                    + "script-src 'self' " + countersign + "; connect-src " + countersign);
            exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : body.length);
            if (!exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
