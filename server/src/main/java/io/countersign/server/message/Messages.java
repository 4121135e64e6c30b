package io.countersign.server.message;

import io.countersign.server.confirmation.AuthenticationTickets;
import io.countersign.server.confirmation.Codes;
import io.countersign.server.confirmation.Tickets;
import io.countersign.server.customer.Customers;
import io.countersign.server.dkim.DkimKeys;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Route;
import io.countersign.server.platform.pages.Languages;
import io.countersign.server.platform.pages.PageErrors;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.project.Catalogs;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** The feature put together: sending, and the catcher's pages. */
public final class Messages {
    private final Parts parts;
    private final Catcher catcher;
    private final SmsCatcher smsCatcher;
    private final SmsInbox inbox;
    private final DkimKeys dkimKeys;

    /** What sending is built from. */
    public record Parts(Database database, Secrets secrets, Catalogs catalogs, Pages pages, Languages languages,
                        PageErrors errors, Customers customers, InstantSource clock) {}

    /** SMS that come in are taken and forgotten. */
    public Messages(Parts parts) {
        this(parts, SmsInbox.NONE);
    }

    /** @param inbox who takes SMS that come in */
    public Messages(Parts parts, SmsInbox inbox) {
        this.parts = parts;
        this.inbox = inbox;
        this.catcher = new Catcher(parts.database(), parts.clock());
        this.smsCatcher = new SmsCatcher(parts.database(), parts.clock());
        this.dkimKeys = new DkimKeys(parts.database(), parts.secrets(), parts.catalogs(), parts.clock());
    }

    /** The keys that mails are signed with. */
    public DkimKeys dkimKeys() {
        return dkimKeys;
    }

    public List<Route> routes() {
        return new CatcherRoutes(catcher, smsCatcher,
                new CatcherPages(parts.pages(), parts.languages().in("en")), parts.errors()).routes();
    }

    /**
     * Starts to hand queued messages over.
     *
     * @param publicUrl where links in mails lead
     * @param campaigns who makes the messages of campaigns
     * @param alone     no other node works on this database
     */
    public Dispatcher dispatch(URI publicUrl, RetrySchedule retries,
                               Function<Carriers, CampaignQueue> campaigns, boolean alone) {
        var providers = new Providers(parts.catalogs(), parts.secrets(),
                new Providers.Catchers(catcher, smsCatcher, inbox), ehloName(publicUrl));
        var links = new SignedLinks(parts.secrets());
        var origins = new Origins(parts.catalogs(), dkimKeys, links);
        var tickets = new Tickets(parts.database(), parts.secrets());
        var optIns = new OptInMails(parts.catalogs(), tickets,
                new OptInMails.Look(new OptInEmailTemplate(parts.pages()), parts.languages(), publicUrl,
                        origins));
        var carriers = new Carriers(origins);
        var texts = new TextMessages(parts.catalogs(), new SystemTexts(parts.languages(), links, publicUrl),
                new TextSecrets(new Codes(parts.secrets()), tickets, new AuthenticationTickets(parts.database(),
                        parts.secrets(), parts.catalogs(), parts.clock())),
                carriers);
        var paces = new Paces(parts.catalogs());
        var queue = new OutgoingQueue(parts.database(), parts.clock(),
                new OutgoingQueue.Makers(optIns, texts, campaigns.apply(carriers)), paces);
        var handOvers = new HandOvers(parts.database(), parts.clock(),
                new Outcomes(parts.database(), parts.customers(), retries, parts.clock()), paces, providers);
        var dispatcher = new Dispatcher(parts.database(), parts.clock(), queue, handOvers, providers, paces);
        parts.customers().whenMessagesAreQueued(dispatcher::wake);
        return dispatcher.start(alone);
    }

    /** The host that people reach is the name that a mail server can look up; some refuse {@code localhost}. */
    private static String ehloName(URI publicUrl) {
        String host = publicUrl.getHost();
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
        return literal ? "[" + host.replaceAll("[\\[\\]]", "") + "]" : host;
    }
}
