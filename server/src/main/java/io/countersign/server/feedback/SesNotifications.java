package io.countersign.server.feedback;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.feedback.Feedbacks.Result;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Takes what SNS posts: notifications of SES, and the question whether we want them. */
final class SesNotifications implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SesNotifications.class.getName());
    /** Confirmations under way at once. */
    private static final int AT_ONCE = 4;

    private final Feedbacks feedbacks;
    private final SignedLinks links;
    private final Ids ids;
    private final InstantSource clock;
    private final SnsFetcher fetcher;
    private final SnsSignatures signatures;
    private final Semaphore free = new Semaphore(AT_ONCE);

    SesNotifications(Feedbacks feedbacks, SignedLinks links, Ids ids, InstantSource clock, SnsSettings settings) {
        this.feedbacks = feedbacks;
        this.links = links;
        this.ids = ids;
        this.clock = clock;
        this.fetcher = new SnsFetcher(settings);
        this.signatures = new SnsSignatures(fetcher);
    }

    /** Takes one message; when it returns, what it told is durable. */
    Result take(ProjectId project, byte[] body) {
        var message = new SnsMessage(Json.parseObject(body));
        signatures.require(message, clock.instant());
        return switch (message.type()) {
            case NOTIFICATION -> feedbacks.take(project, Source.SES, told(project, message.text("Message")));
            case SUBSCRIPTION -> {
                confirm(project, fetcher.allowed(message.text("SubscribeURL")).orElseThrow(() ->
                        new ProblemException(Problem.FORBIDDEN, "This is no address of SNS.", "SubscribeURL")));
                yield Result.NOTHING;
            }
            case OTHER -> Result.NOTHING;
        };
    }

    /** When notifications are switched on, SES greets with a plain sentence. */
    private List<Feedback> told(ProjectId project, String notification) {
        return notification.startsWith("{") ? new SesNotification(Json.parse(notification),
                new MessageProofs(links, project)).read() : List.of();
    }

    /** Nothing is fetched while SNS waits for its answer: the address answers only after it has one. */
    private void confirm(ProjectId project, URI address) {
        if (!free.tryAcquire()) {
            throw new ProblemException(Problem.BUSY, "Too many subscriptions are being confirmed.")
                    .withHeader("Retry-After", "30");
        }
        Thread confirming = Thread.ofVirtual().name("sns-confirmation").unstarted(() -> {
            try {
                fetch(project, address);
            } finally {
                free.release();
            }
        });
        try {
            confirming.start();
        } catch (RuntimeException | Error e) {
            free.release();
            throw e;
        }
    }

    private void fetch(ProjectId project, URI address) {
        try {
            fetcher.fetch(address);
            LOG.log(Level.INFO, "a subscription of SNS is confirmed");
        } catch (IOException | RuntimeException | Error e) {
            LOG.log(Level.WARNING, "a subscription of SNS cannot be confirmed: " + e.getMessage());
            tell(project, clock.instant(), e instanceof IOException ? e.getMessage() : "fault of this server");
        }
    }

    private void tell(ProjectId project, Instant now, String why) {
        try {
            feedbacks.keep(project, new Unmatched(ids.next(), now, Source.SES.word(), "subscription", "not_confirmed",
                    Optional.empty(), Optional.ofNullable(why)));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "nobody can be told: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        fetcher.close();
    }
}
