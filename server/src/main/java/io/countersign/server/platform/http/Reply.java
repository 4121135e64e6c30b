package io.countersign.server.platform.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer: immutable, written out by the edge after the handler has returned. */
public final class Reply {

    private static final byte[] NOTHING = {};

    private final int status;
    private final @Nullable String contentType;
    private final List<Header> headers;
    private final byte[] body;
    private final @Nullable StreamWriter stream;

    private Reply(int status, @Nullable String contentType, List<Header> headers, byte[] body,
                  @Nullable StreamWriter stream) {
        this.status = status;
        this.contentType = contentType;
        this.headers = headers;
        this.body = body;
        this.stream = stream;
    }

    /** 200 with the value as JSON: a tree, or maps, lists, text, numbers, instants. */
    public static Reply json(Object value) {
        return json(200, value);
    }

    public static Reply json(int status, Object value) {
        return bytes(status, "application/json", Json.write(value));
    }

    /** 200 with a page; the edge adds the security headers of pages. */
    public static Reply html(String page) {
        return bytes(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply text(String text) {
        return bytes(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply bytes(int status, String contentType, byte[] body) {
        return new Reply(checked(status), Header.checked(contentType), List.of(), body, null);
    }

    /** 204. */
    public static Reply noContent() {
        return empty(204);
    }

    /** A status and nothing more. */
    public static Reply empty(int status) {
        return new Reply(checked(status), null, List.of(), NOTHING, null);
    }

    /**
     * A redirect: 303 after a post, 302, 307 or 308. The location is sent as it is, so it must be checked
     * already.
     */
    public static Reply redirect(int status, String location) {
        if (status < 301 || status > 308) {
            throw new IllegalArgumentException("Not a redirect: " + status);
        }
        return empty(status).header("Location", location);
    }

    /**
     * 200 with a body written piece by piece, of any length. The writer runs on the request's thread after
     * the headers; a failure in it cuts the connection, so that the client never takes half an answer for a
     * whole one.
     */
    public static Reply stream(String contentType, StreamWriter writer) {
        return new Reply(200, Header.checked(contentType), List.of(), NOTHING, writer);
    }

    /**
     * The same with a header; replaces one of that name, except {@code Set-Cookie}, of which there may be
     * many.
     *
     * @throws IllegalArgumentException if the name is no token or the value has a line break or another
     *                                  control character: whoever writes a header from input must check the
     *                                  input first
     */
    public Reply header(String name, String value) {
        Header added = new Header(name, value);
        List<Header> all = new ArrayList<>(headers);
        if (!name.equalsIgnoreCase("Set-Cookie")) {
            all.removeIf(header -> header.name().equalsIgnoreCase(name));
        }
        all.add(added);
        return new Reply(status, contentType, List.copyOf(all), body, stream);
    }

    /** The same with those of the headers that it has not by their name. */
    Reply headersUnlessSet(List<Header> defaults) {
        List<Header> all = new ArrayList<>(headers);
        for (Header header : defaults) {
            if (header(header.name()).isEmpty()) {
                all.add(header);
            }
        }
        return new Reply(status, contentType, List.copyOf(all), body, stream);
    }

    public Reply withStatus(int other) {
        return new Reply(checked(other), contentType, headers, body, stream);
    }

    public Reply withContentType(String other) {
        return new Reply(status, Header.checked(other), headers, body, stream);
    }

    public int status() {
        return status;
    }

    public Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    public List<Header> headers() {
        return headers;
    }

    /** The first header of that name. */
    public Optional<String> header(String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }

    /** The body; empty for a stream. Not a copy: not to be changed. */
    public byte[] body() {
        return body;
    }

    Optional<StreamWriter> stream() {
        return Optional.ofNullable(stream);
    }

    private static int checked(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("Not a final status: " + status);
        }
        return status;
    }
}
