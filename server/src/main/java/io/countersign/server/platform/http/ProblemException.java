package io.countersign.server.platform.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bad input, or a limit reached: ends the handling of a request with the answer of its {@link Problem}. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String detail;
    private final @Nullable String field;
    private final transient Map<String, Object> members = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    /**
     * @param detail one or two sentences for the caller about this occurrence; shown as they are
     */
    public ProblemException(Problem problem, String detail) {
        this(problem, detail, null);
    }

    /**
     * @param field the field that is meant: a dotted path, or the name of a parameter
     */
    public ProblemException(Problem problem, String detail, @Nullable String field) {
        // No stack trace: this is an answer, not a fault, and hostile input must not cost more than good
        // input.
        super(problem.code() + ": " + detail, null, false, false);
        this.problem = problem;
        this.detail = detail;
        this.field = field;
    }

    /** Adds a member to the problem document; returns this. */
    public ProblemException with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    /** Adds a header to the answer, whatever its rendering; returns this. */
    public ProblemException withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Problem problem() {
        return problem;
    }

    public String detail() {
        return detail;
    }

    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** The extra members, in the order they were added. */
    public Map<String, Object> members() {
        return Map.copyOf(members);
    }

    /** The extra headers of the answer. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** The problem document of RFC 9457. */
    public Reply toReply() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", problem.type());
        document.put("title", problem.title());
        document.put("status", problem.status());
        document.put("code", problem.code());
        document.put("detail", detail);
        if (field != null) {
            document.put("field", field);
        }
        document.putAll(members);
        return Reply.json(problem.status(), document).withContentType("application/problem+json");
    }
}
