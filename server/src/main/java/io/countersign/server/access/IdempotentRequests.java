package io.countersign.server.access;

import io.countersign.server.access.Caller.OfIntegration;
import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.IdempotencyStore.Answer;
import io.countersign.server.access.IdempotencyStore.Kept;
import io.countersign.server.access.IdempotencyStore.Wanted;
import io.countersign.server.platform.Gathering;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * Requests with an {@code Idempotency-Key}: the first is carried out, its repeats get its answer. The key is taken
 * durably before anything is done, and given back only when it is certain that nothing was.
 */
public final class IdempotentRequests {
    /** How long an answer is kept. */
    static final Duration KEPT = Duration.ofHours(24);
    /** No request takes longer: an older one without an answer has most likely ended with its server. */
    static final Duration UNDER_WAY = Duration.ofMinutes(1);
    static final int LARGEST_BODY = 1024 * 1024;
    private static final System.Logger LOG = System.getLogger(IdempotentRequests.class.getName());
    private static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");
    private static final int LARGEST_ANSWER = 1024 * 1024;
    /** Refusals that come before anything is done, and pass. */
    private static final Set<Problem> FOR_NOW =
            EnumSet.of(Problem.UNAUTHORIZED, Problem.FORBIDDEN, Problem.RATE_LIMITED);

    private final Database database;
    private final Secrets secrets;
    private final Ids ids;
    private final InstantSource clock;

    public IdempotentRequests(Database database, Secrets secrets, Ids ids, InstantSource clock) {
        this.database = database;
        this.secrets = secrets;
        this.ids = ids;
        this.clock = clock;
    }

    /** Carries out a request, or answers as it was answered before. A request without a key is always carried out. */
    Reply once(Request request, Caller caller, Callable<Reply> work) throws Exception {
        Optional<String> key = request.header(HEADER);
        if (key.isEmpty()) {
            return work.call();
        }
        if (!KEY.matcher(key.get()).matches()) {
            throw new ProblemException(Problem.INVALID_VALUE,
                    "A key has 1 to 255 visible characters of ASCII, without blanks.", HEADER);
        }
        var wanted = new Wanted(caller.project().value(), secrets.hash("idempotency-key", name(caller, key.get())),
                secrets.hash("idempotent-request", content(request)), ids.next(), clock.instant());
        Optional<Kept> first = taken(wanted);
        return first.isPresent() ? repeated(wanted, first.get()) : carriedOut(wanted, work);
    }

    /** Keys of one caller mean nothing to another; all keys of an integration are the same caller. */
    private static String name(Caller caller, String key) {
        return switch (caller) {
            case OfIntegration(var project, var integration, _) ->
                    project.value() + "\nintegration:" + integration.id().value() + "\n" + key;
            case OfOperator(var project, String email, _) -> project.value() + "\noperator:" + email + "\n" + key;
        };
    }

    private static byte[] content(Request request) throws IOException {
        byte[] body = request.bodyUpTo(LARGEST_BODY).orElseThrow(() -> new ProblemException(
                Problem.IDEMPOTENCY_BODY_TOO_LARGE, "With an Idempotency-Key the body may have at most "
                + LARGEST_BODY + " bytes. Send it without a key, or in parts."));
        var content = new ByteArrayOutputStream(body.length + 200);
        content.writeBytes(String.join("\n", request.method(), request.path(), request.rawQuery(),
                request.contentType(), "").getBytes(StandardCharsets.UTF_8));
        content.writeBytes(body);
        return content.toByteArray();
    }

    /** Takes the key; otherwise what stands there. */
    private Optional<Kept> taken(Wanted wanted) {
        while (true) {
            if (database.with(tx -> IdempotencyStore.reserve(tx, wanted, wanted.at().minus(KEPT)))) {
                return Optional.empty();
            }
            Optional<Kept> kept = database.with(tx -> IdempotencyStore.find(tx, wanted.project(), wanted.key()));
            if (kept.isPresent()) {
                return kept;
            } // given back in between: it is free now
        }
    }

    private Reply repeated(Wanted wanted, Kept first) {
        if (!MessageDigest.isEqual(first.request(), wanted.request())) {
            throw new ProblemException(Problem.IDEMPOTENCY_KEY_REUSED,
                    "This key came with another request in the last 24 hours. Take a new key for each.", HEADER);
        }
        Answer answer = first.answer().orElseThrow(() -> unanswered(wanted.at(), first.at()));
        if (answer.content().isEmpty()) {
            throw new ProblemException(Problem.IDEMPOTENCY_ANSWER_NOT_KEPT, "It was done, and answered with "
                    + answer.status() + "; it is not done again.", HEADER).with("answered", answer.status());
        }
        return opened(answer, secrets.open(answer.content().get())).header("Idempotent-Replayed", "true");
    }

    private static Reply opened(Answer answer, byte[] content) {
        int end = 0;
        while (content[end] != '\n') {
            end++;
        }
        String location = new String(content, 0, end, StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOfRange(content, end + 1, content.length);
        Reply reply = answer.contentType().map(type -> Reply.bytes(answer.status(), type, body))
                .orElseGet(() -> Reply.empty(answer.status()));
        return location.isEmpty() ? reply : reply.header("Location", location);
    }

    /** Sealed, because it may hold a secret or personal data: the location in a line, and the body. */
    private byte[] sealed(Reply reply) {
        var content = new ByteArrayOutputStream(reply.body().length + 100);
        content.writeBytes((reply.header("Location").orElse("") + "\n").getBytes(StandardCharsets.UTF_8));
        content.writeBytes(reply.body());
        return secrets.seal(content.toByteArray());
    }

    private static ProblemException unanswered(Instant now, Instant since) {
        return now.isBefore(since.plus(UNDER_WAY))
                ? new ProblemException(Problem.IDEMPOTENCY_IN_PROGRESS, "Repeat it a little later.", HEADER)
                        .withHeader("Retry-After", "2")
                : new ProblemException(Problem.IDEMPOTENCY_OUTCOME_UNKNOWN, "The server could not write down what came"
                + " of it, and does not do it again. Look for what it should have made or changed, with GET; where"
                + " that is missing, send it with another key.", HEADER);
    }

    private Reply carriedOut(Wanted wanted, Callable<Reply> work) throws Exception {
        Reply reply;
        try {
            reply = work.call();
        } catch (ProblemException refused) {
            if (FOR_NOW.contains(refused.problem())) {
                settle(tx -> IdempotencyStore.release(tx, wanted));
            } else if (refused.problem().status() < 500) {
                keep(wanted, refused.toReply());
            }
            throw refused;
        } catch (Gathering.Crowded nothingDone) {
            settle(tx -> IdempotencyStore.release(tx, wanted));
            throw nothingDone;
        }
        // After any other failure, a busy database among them, something may have been done: the key stays taken.
        keep(wanted, reply);
        return reply;
    }

    private void keep(Wanted wanted, Reply reply) {
        var answer = new Answer(reply.status(), reply.contentType(),
                Optional.of(reply).filter(one -> one.body().length <= LARGEST_ANSWER).map(this::sealed));
        settle(tx -> IdempotencyStore.answer(tx, wanted, answer));
    }

    /** The request is over already: its caller is answered, whether that can be written down or not. */
    private void settle(Database.Work<Boolean> settling) {
        try {
            database.with(settling);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "What came of an idempotency key was not written down: " + e.getMessage());
        }
    }
}
