package io.countersign.server.platform.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as features see it. Everything in it is hostile until parsed: what is read here is decoded
 * strictly and is bounded in size and time, and ends in a {@link ProblemException} otherwise.
 */
public final class Request {

    /** Most fields of a form or a query string. */
    public static final int MAX_FIELDS = 256;

    private final RequestHead head;
    private final Map<String, String> pathParams;
    private final Origin origin;
    private final BoundedBody body;
    private byte @Nullable [] bytes;
    private @Nullable Form query;

    Request(RequestHead head, Map<String, String> pathParams, Origin origin, BoundedBody body) {
        this.head = head;
        this.pathParams = pathParams;
        this.origin = origin;
        this.body = body;
    }

    /** The method as it was sent: a {@code HEAD} may be handled by a route of {@code GET}. */
    public String method() {
        return head.method();
    }

    /** The raw path, percent-encoded as it was sent, without the query. */
    public String path() {
        return head.path();
    }

    /**
     * The decoded value of a parameter of the route's path.
     *
     * @throws IllegalArgumentException if the route has no such parameter
     */
    public String pathParam(String name) {
        String value = pathParams.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no parameter " + name);
        }
        return value;
    }

    /** The first value of a query parameter. */
    public Optional<String> query(String name) {
        return queryAll().first(name);
    }

    /** The whole query, parsed: {@link Problem#MALFORMED_QUERY} if it cannot be. */
    public Form queryAll() {
        if (query == null) {
            query = Form.parse(head.query(), MAX_FIELDS, Problem.MALFORMED_QUERY);
        }
        return query;
    }

    /** All values of a query parameter that is not the route's concern; the parsed query is without it from then on. */
    public List<String> takeQuery(String name) {
        Form all = queryAll();
        query = all.without(name);
        return all.all(name);
    }

    /** The query as it was sent, without the question mark; empty when there is none. */
    public String rawQuery() {
        return head.query();
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return head.headers().apply(name).stream().findFirst();
    }

    /** The value of a cookie, as it was sent. */
    public Optional<String> cookie(String name) {
        return head.headers().apply("Cookie").stream().flatMap(line -> List.of(line.split(";")).stream())
                .map(String::strip).filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1)).findFirst();
    }

    /** Who sent it: the peer of the connection, or whom a trusted proxy names. */
    public ClientAddress clientAddress() {
        return origin.client();
    }

    /**
     * Whether it was sent on this machine: the peer is local, and so is the client if it came through a
     * proxy.
     */
    public boolean isLoopback() {
        return origin.loopback();
    }

    /** The content type without its parameters, in lower case; empty text when there is none. */
    public String contentType() {
        return head.header("Content-Type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The whole body, at most {@link Route#maxBody()} bytes: {@link Problem#BODY_TOO_LARGE} otherwise. May be
     * called again.
     *
     * @throws ClientGoneException when the client went away
     */
    public byte[] body() throws IOException {
        if (bytes == null) {
            bytes = body.readAllBytes();
        }
        return bytes;
    }

    /**
     * Reads the whole body now, so that {@link #body()} and {@link #bodyStream()} give it however often; empty when it
     * has more than {@code most} bytes, and then it cannot be read any more. Problems as with {@link #body()}.
     */
    public Optional<byte[]> bodyUpTo(int most) throws IOException {
        if (bytes == null) {
            byte[] read = body.readNBytes(most + 1);
            if (read.length > most) {
                return Optional.empty();
            }
            bytes = read;
        }
        return Optional.of(bytes).filter(read -> read.length <= most);
    }

    /**
     * The body as it arrives, for what is too large to hold; at most {@link Route#maxBody()} bytes, then
     * reading ends with {@link Problem#BODY_TOO_LARGE}. Reading it fails with {@link Problem#REQUEST_TIMEOUT}
     * when the client is too slow. To be read once, and not before {@link #body()}.
     */
    public InputStream bodyStream() {
        return bytes == null ? body : new ByteArrayInputStream(bytes);
    }

    /**
     * The fields of an {@code application/x-www-form-urlencoded} body.
     *
     * @throws ProblemException {@link Problem#UNSUPPORTED_CONTENT_TYPE}, {@link Problem#MALFORMED_FORM}
     *                          (broken escapes, U+0000, too many fields), {@link Problem#MALFORMED_UTF8}
     */
    public Form form() throws IOException {
        requireType("application/x-www-form-urlencoded", "");
        return Form.parse(Utf8.decode(body()), MAX_FIELDS, Problem.MALFORMED_FORM);
    }

    /**
     * The JSON object of the body, sent as {@code application/json} or {@code application/...+json}.
     *
     * @throws ProblemException {@link Problem#UNSUPPORTED_CONTENT_TYPE}, and as {@link Json#parse(byte[])}
     */
    public ObjectNode json() throws IOException {
        requireType("application/json", "+json");
        return Json.parseObject(body());
    }

    /** The JSON value of the body, of whatever kind; failures as {@link #json()}. */
    public JsonNode jsonOfAnyKind() throws IOException {
        requireType("application/json", "+json");
        return Json.parse(body());
    }

    private void requireType(String type, String suffix) {
        String actual = contentType();
        boolean wanted = actual.equals(type)
                || (!suffix.isEmpty() && actual.startsWith("application/") && actual.endsWith(suffix));
        if (!wanted) {
            throw new ProblemException(Problem.UNSUPPORTED_CONTENT_TYPE,
                    "The content type must be " + type + ".");
        }
        String parameters = head.header("Content-Type").toLowerCase(Locale.ROOT).replace("\"", "")
                .replace(" ", "");
        int charset = parameters.indexOf(";charset=");
        if (charset >= 0 && !parameters.substring(charset + 9).split(";", 2)[0].matches("utf-?8")) {
            throw new ProblemException(Problem.UNSUPPORTED_CONTENT_TYPE, "The character set must be UTF-8.");
        }
    }
}
