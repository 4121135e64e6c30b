package io.countersign.server.platform.http;

import java.util.Locale;

/**
 * What can go wrong, as callers see it. The code is the name in lower case: it is never changed and never
 * used again for something else.
 */
public enum Problem {
    MALFORMED_REQUEST(400, "The request is not well-formed HTTP", Actor.CALLER, false),
    MALFORMED_JSON(400, "The body is not the expected JSON", Actor.CALLER, false),
    MALFORMED_XML(400, "The body is not the expected XML", Actor.CALLER, false),
    MALFORMED_FORM(400, "The form is not well-formed", Actor.CALLER, false),
    MALFORMED_PATH(400, "The path is not well-formed", Actor.CALLER, false),
    MALFORMED_QUERY(400, "The query string is not well-formed", Actor.CALLER, false),
    MALFORMED_UTF8(400, "The text is not valid UTF-8", Actor.CALLER, false),
    INVALID_VALUE(400, "A value is not valid", Actor.CALLER, false),
    UNKNOWN_FIELD(400, "A field is not known", Actor.CALLER, false),
    MISSING_FIELD(400, "A field is missing", Actor.CALLER, false),
    UNAUTHORIZED(401, "Credentials are missing or not accepted", Actor.CALLER, false),
    FORBIDDEN(403, "Not allowed for these credentials", Actor.CALLER, false),
    NOT_FOUND(404, "Not found", Actor.CALLER, false),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here", Actor.CALLER, false),
    NOT_ACCEPTABLE(406, "No representation is acceptable", Actor.CALLER, false),
    REQUEST_TIMEOUT(408, "The request came too slowly", Actor.CALLER, true),
    CONTACT_BLOCKED(400, "The contact may not be used in this project", Actor.CALLER, false),
    NO_IDENTIFIER(400, "A customer needs a contact or an external id", Actor.CALLER, false),
    INSTRUCTION_NOT_ACCEPTED(400, "This way in does not accept the instruction", Actor.CALLER, false),
    CONTACT_TAKEN(409, "Another customer has this contact", Actor.CALLER, false),
    EXTERNAL_ID_TAKEN(409, "Another customer has this external id", Actor.CALLER, false),
    MERGE_BARRED(409, "These customers may not be merged", Actor.CALLER, false),
    OPT_IN_OFF(409, "Double opt-in is switched off", Actor.CALLER, false),
    LIVE_OPT_IN_CAMPAIGNS(409, "Live opt-in campaigns are in the way", Actor.CALLER, false),
    TOPIC_IN_USE(409, "Live campaigns are about this topic", Actor.CALLER, false),
    IDEMPOTENCY_IN_PROGRESS(409, "The first request of this idempotency key is under way", Actor.CALLER, true),
    IDEMPOTENCY_OUTCOME_UNKNOWN(409, "What came of this idempotency key is not known", Actor.CALLER, false),
    IDEMPOTENCY_ANSWER_NOT_KEPT(409, "The answer of this idempotency key was too large to be kept", Actor.CALLER,
            false),
    CONFLICT(409, "In conflict with the present state", Actor.CALLER, false),
    BODY_TOO_LARGE(413, "The body is too large", Actor.CALLER, false),
    IDEMPOTENCY_BODY_TOO_LARGE(413, "The body is too large for an idempotency key", Actor.CALLER, false),
    REQUEST_LINE_TOO_LONG(414, "The request line is too long", Actor.CALLER, false),
    UNSUPPORTED_CONTENT_TYPE(415, "The content type is not supported", Actor.CALLER, false),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key belongs to another request", Actor.CALLER, false),
    TEXT_REFUSED(422, "The text cannot be sent", Actor.CALLER, false),
    CAMPAIGN_INCOMPLETE(422, "The campaign cannot be used as it is", Actor.CALLER, false),
    RATE_LIMITED(429, "Too many requests", Actor.CALLER, true),
    HEADERS_TOO_LARGE(431, "The headers are too large", Actor.CALLER, false),
    INTERNAL(500, "Something went wrong on our side", Actor.US, true),
    BUSY(503, "The server is busy", Actor.OPERATOR, true);

    /** Who must act for the next try to have another outcome. */
    public enum Actor { CALLER, OPERATOR, US }

    private final int status;
    private final String title;
    private final Actor actor;
    private final boolean retryable;

    Problem(int status, String title, Actor actor, boolean retryable) {
        this.status = status;
        this.title = title;
        this.actor = actor;
        this.retryable = retryable;
    }

    /** The stable word that programs compare. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The problem's type: a relative reference, so that it leads to the page about the code in the very
     * server that answered, of the same version, also where the internet cannot be reached. An absolute
     * address would need a site that outlives every installation.
     */
    public String type() {
        return "/docs/problems#" + code();
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** One line that is the same for every occurrence. */
    public String title() {
        return title;
    }

    /** Who must act. */
    public Actor actor() {
        return actor;
    }

    /** Whether the same request may succeed later without anybody changing anything. */
    public boolean retryable() {
        return retryable;
    }
}
