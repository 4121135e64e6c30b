package io.countersign.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the server, as other programs and simple browsers are. */
final class Api {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10)).followRedirects(HttpClient.Redirect.NEVER).build();
    private static final String STILL = "PT0S";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final URI base;
    private final boolean timeMoves;

    Api(URI base) {
        this(base, true);
    }

    /** @param timeMoves false where others would suffer from it */
    Api(URI base, boolean timeMoves) {
        this.base = base;
        this.timeMoves = timeMoves;
    }

    /** What came back. */
    record Answer(int status, HttpHeaders headers, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(bytes);
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** All headers but the time. */
        Map<String, List<String>> lasting() {
            return headers.map().entrySet().stream().filter(header -> !header.getKey()
                    .equalsIgnoreCase("date"))
                    .collect(Collectors.toMap(header -> header.getKey().toLowerCase(java.util.Locale.ROOT),
                            Map.Entry::getValue));
        }
    }

    Answer signUp(String email) throws IOException {
        return signUp("newsletter", Map.of("email", email));
    }

    Answer signUp(String form, Map<String, String> fields) throws IOException {
        return post("/api/newsletter-form/" + form, FORM, encoded(fields));
    }

    Answer press(String page, String action) throws IOException {
        return post(page, FORM, "action=" + action);
    }

    Answer get(String path) throws IOException {
        return send(request(path));
    }

    Answer post(String path, String type, String body) throws IOException {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    Answer post(String path, String type, byte[] body) throws IOException {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    /** A request to be completed by the caller. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    Answer send(HttpRequest.Builder request) throws IOException {
        try {
            var response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Moves the server's time; answers what it is then. */
    Instant advance(String duration) throws IOException {
        if (!timeMoves && !duration.equals(STILL)) {
            throw new AssertionError("others live in this time: see Shop.whereTimeMoves()");
        }
        return Instant.parse(ok(post("/test/clock", "application/json", "{\"advance\":\"" + duration + "\"}"))
                .path("now").asString());
    }

    /** The server's time. */
    Instant now() throws IOException {
        return advance(STILL);
    }

    Answer asOperator(String path) throws IOException {
        return send(request(path).header("Authorization", "Bearer " + Provision.OWNER));
    }

    /** What the operator with this token reads there. */
    JsonNode as(String token, String path) throws IOException {
        return ok(send(request(path).header("Authorization", "Bearer " + token)));
    }

    Answer as(String token, String method, String path, String type, String body) throws IOException {
        return send(request(path).header("Authorization", "Bearer " + token).header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body)));
    }

    JsonNode eligibility(String email) throws IOException {
        return ok(send(request("/v1/eligibility?brand=shop&email=" + encoded(email))
                .header("Authorization", "Bearer " + Provision.KEY)));
    }

    /** How many customers of the first project have the value, as primary or not. */
    int holders(Kind kind, String value) throws IOException {
        return ok(asOperator("/v1/customers?" + kind.parameter + "=" + encoded(value))).path("customers").size();
    }

    /** The one customer that holds the address, with history. */
    JsonNode customer(String email) throws IOException {
        var found = ok(asOperator("/v1/customers?email=" + encoded(email))).path("customers");
        if (found.size() != 1) {
            throw new AssertionError(email + " is held by " + found);
        }
        return ok(asOperator("/v1/customers/" + found.get(0).path("id").asString()));
    }

    /** The addresses of all customers, walked page by page. */
    List<String> addresses() throws IOException {
        var addresses = new ArrayList<String>();
        String cursor = "";
        do {
            var page = ok(asOperator("/v1/customers?limit=200" + (cursor.isEmpty() ? "" : "&cursor="
                    + cursor)));
            page.path("customers").forEach(customer -> customer.path("contacts")
                    .forEach(contact -> addresses.add(contact.path("value").asString())));
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        return addresses;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream().map(field -> encoded(field.getKey()) + "="
                + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static JsonNode ok(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer.json();
    }
}
