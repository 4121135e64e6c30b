package io.countersign.server.feedback;

import io.countersign.server.access.Guard;
import io.countersign.server.customer.Customers;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.message.SmsInbox;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Metrics;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Catalogs;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** The feature put together: every way that feedback comes by. */
public final class FeedbackWays implements AutoCloseable {
    private final Parts parts;
    private final Feedbacks feedbacks;
    private final FeedbackMails mails;
    private final SesNotifications ses;
    private final SmsReplies sms;
    private final MailboxReading mailboxes;
    private final FeedbackKeeping keeping;

    /** What it is built from. */
    public record Parts(Database database, Secrets secrets, Catalogs catalogs, Customers customers, Ids ids,
                        InstantSource clock) {}

    public FeedbackWays(Parts parts) {
        this(parts, SnsSettings.ofAmazon());
    }

    FeedbackWays(Parts parts, SnsSettings sns) {
        this.parts = parts;
        var links = new SignedLinks(parts.secrets());
        this.feedbacks = new Feedbacks(new Feedbacks.Parts(parts.database(), parts.catalogs(), parts.customers(),
                parts.ids(), parts.clock()));
        this.mails = new FeedbackMails(feedbacks, links, parts.ids(), parts.clock());
        this.ses = new SesNotifications(feedbacks, links, parts.ids(), parts.clock(), sns);
        this.sms = new SmsReplies(parts.catalogs(), parts.customers(), parts.ids(), parts.clock());
        var taker = new MailTaker(mails);
        this.mailboxes = new MailboxReading(parts.database(), parts.catalogs(), parts.secrets(),
                new ImapMailbox(taker, tls()), new MaildirMailbox(taker));
        this.keeping = new FeedbackKeeping(parts.database(), parts.catalogs(), parts.clock());
    }

    private static SSLContext tls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<Route> routes(Guard guard) {
        var endpoints = new Endpoints(parts.database(), parts.secrets(), parts.ids(), parts.clock());
        return Stream.concat(
                FeedbackRoutes.routes(endpoints, mails, new FeedbackRoutes.Takers(feedbacks, ses, sms),
                        parts.clock()).stream(),
                EndpointRoutes.routes(endpoints, parts.database(), guard).stream()).toList();
    }

    /** Who takes SMS that an SMS centre brings. */
    public SmsInbox smsInbox() {
        return sms;
    }

    public Feedbacks feedbacks() {
        return feedbacks;
    }

    /** The mailboxes, to be looked into now. */
    MailboxReading mailboxes() {
        return mailboxes;
    }

    /** Begins to look into mailboxes, until closed. */
    public FeedbackWays start(Metrics metrics) {
        feedbacks.measure(metrics);
        mailboxes.start();
        keeping.start();
        return this;
    }

    @Override
    public void close() {
        mailboxes.close();
        keeping.close();
        ses.close();
    }
}
