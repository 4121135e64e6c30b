package io.countersign.server;

import io.countersign.server.access.Access;
import io.countersign.server.access.Guard;
import io.countersign.server.access.IdempotentRequests;
import io.countersign.server.access.IntegrationRoutes;
import io.countersign.server.access.OperationSetupRoutes;
import io.countersign.server.activity.ActivityRoutes;
import io.countersign.server.brand.BrandRoutes;
import io.countersign.server.brand.OptInPreview;
import io.countersign.server.brand.TopicDeletions;
import io.countersign.server.brand.TopicRoutes;
import io.countersign.server.campaign.CampaignLettersQueue;
import io.countersign.server.campaign.CampaignRuns;
import io.countersign.server.campaign.CampaignSending;
import io.countersign.server.campaign.CampaignSetup;
import io.countersign.server.campaign.Campaigns;
import io.countersign.server.campaign.CompiledTexts;
import io.countersign.server.campaign.LetterMaker;
import io.countersign.server.campaign.MessageRoutes;
import io.countersign.server.campaign.RecipientRoutes;
import io.countersign.server.campaign.ViewRoutes;
import io.countersign.server.confirmation.AuthenticationTickets;
import io.countersign.server.confirmation.Codes;
import io.countersign.server.confirmation.ConfirmationRoutes;
import io.countersign.server.confirmation.TicketRoutes;
import io.countersign.server.confirmation.Tickets;
import io.countersign.server.customer.CustomerRoutes;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Door;
import io.countersign.server.dkim.DkimKeyRoutes;
import io.countersign.server.eligibility.Eligibility;
import io.countersign.server.eligibility.EligibilityRoutes;
import io.countersign.server.feedback.FeedbackWays;
import io.countersign.server.form.FormErrors;
import io.countersign.server.form.Forms;
import io.countersign.server.link.LinkedMessages;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.link.Visits;
import io.countersign.server.message.CampaignQueue;
import io.countersign.server.message.Carriers;
import io.countersign.server.message.Messages;
import io.countersign.server.message.TextSecrets;
import io.countersign.server.offer.Offers;
import io.countersign.server.operation.OperationCalls;
import io.countersign.server.operation.OperationErrors;
import io.countersign.server.operation.OperationRoutes;
import io.countersign.server.operation.Steps;
import io.countersign.server.operation.StoredContents;
import io.countersign.server.platform.Gathering;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Metrics;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.SettableClock;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.DatabaseException;
import io.countersign.server.platform.http.ErrorRenderer;
import io.countersign.server.platform.http.Handler;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Route;
import io.countersign.server.platform.http.Site;
import io.countersign.server.poll.Polls;
import io.countersign.server.preference.PeopleRoutes;
import io.countersign.server.preference.PreferenceParts;
import io.countersign.server.privacy.PrivacyRequests;
import io.countersign.server.project.Brands;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Integrations;
import io.countersign.server.project.Provisioning;
import io.countersign.server.proof.ProofPages;
import io.countersign.server.proof.ProofRoutes;
import io.countersign.server.proof.Proofs;
import io.countersign.server.suppression.SuppressionRoutes;
import io.countersign.server.suppression.Suppressions;
import io.countersign.server.template.Templates;
import io.countersign.server.tracking.Readings;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every feature's routes, in one table. */
final class Wiring {
    private final CompiledTexts texts = new CompiledTexts(Templates::compile);
    private final Core core;
    private final Face face;
    private final FeedbackWays feedback;
    private final Messages messages;
    private final Access access;
    private final Guard guard;
    private final Steps steps;
    private final OperationCalls calls;
    private final OperationErrors operationErrors;
    private final Readings readings;
    private final CampaignSending sending;
    private final TopicDeletions topicDeletions;

    /** What features stand on. */
    record Core(Database database, Secrets secrets, Catalogs catalogs, Customers customers, Door door, Ids ids,
                SettableClock clock, Provisioning provisioning) {}

    Wiring(Core core) {
        this.core = core;
        this.face = Ahead.face();
        this.feedback = new FeedbackWays(new FeedbackWays.Parts(core.database(), core.secrets(), core.catalogs(),
                core.customers(), core.ids(), core.clock()));
        this.messages = new Messages(new Messages.Parts(core.database(), core.secrets(), core.catalogs(),
                face.pages(), face.languages(), face.errors(), core.customers(), core.clock()),
                feedback.smsInbox());
        this.access = new Access(core.database(), core.secrets(), core.catalogs(), core.clock());
        this.guard = new Guard(access, new IdempotentRequests(core.database(), core.secrets(), core.ids(),
                core.clock()));
        this.operationErrors = new OperationErrors(core.ids());
        this.readings = new Readings(new Readings.Parts(core.database(), core.customers(), core.ids(), core.clock()));
        this.sending = new CampaignSending(core.database(), texts::of);
        this.topicDeletions = new TopicDeletions(core.catalogs(), core.customers(), core.clock());
        var tickets = new AuthenticationTickets(core.database(), core.secrets(), core.catalogs(), core.clock());
        this.steps = new Steps(new Steps.Parts(core.database(), core.catalogs(), core.customers(),
                new Codes(core.secrets()), new StoredContents(core.database(), sending), tickets::customerOf));
        this.calls = new OperationCalls(new OperationCalls.Parts(core.database(), core.secrets(), core.catalogs(),
                core.customers(), core.ids(), core.clock(), steps::plan));
    }

    /** Calls of operations: the queue, the limits and the log. */
    OperationCalls operationCalls() {
        return calls;
    }

    FeedbackWays feedback() {
        return feedback;
    }

    /** Who reads, on the way into the statistics. */
    Readings readings() {
        return readings;
    }

    TopicDeletions topicDeletions() {
        return topicDeletions;
    }

    Messages messages() {
        return messages;
    }

    /** Who makes the messages of campaigns. */
    CampaignQueue letters(URI publicUrl, Carriers carriers) {
        var secrets = new TextSecrets(new Codes(core.secrets()), new Tickets(core.database(), core.secrets()),
                new AuthenticationTickets(core.database(), core.secrets(), core.catalogs(), core.clock()));
        return new CampaignLettersQueue(core.catalogs(), texts,
                new LetterMaker(core.catalogs(), new SignedLinks(core.secrets()), publicUrl, secrets, carriers));
    }

    /** Campaigns that go on by themselves. */
    CampaignRuns campaignRuns() {
        return new CampaignRuns(core.database(), core.catalogs(), core.customers(), core.clock());
    }

    /** All routes; people's paths answer problems as pages, the others in their dialect. */
    Site site(Metrics metrics, boolean testClock) {
        List<Route> routes = routes(metrics, testClock).stream()
                .map(route -> route.withHandler(orBusy(route.handler()))).toList();
        var errors = new HashMap<String, ErrorRenderer>(Map.of("/api/", FormErrors.RENDERER, "/v3/", operationErrors));
        List.of("/f/", "/c/", "/u/", "/p/", "/t/", "/v/", "/m/", "/privacy/", "/mail")
                .forEach(path -> errors.put(path, face.errors()));
        return new Site(routes, errors, metrics);
    }

    /** A database that is away and a line that is too long are no faults: whoever asks should come again. */
    private static Handler orBusy(Handler handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (Gathering.Crowded e) {
                throw busy("Too much waits already.");
            } catch (DatabaseException e) {
                if (e.isAway()) {
                    throw busy("The database does not answer.");
                }
                throw e;
            }
        };
    }

    private static ProblemException busy(String detail) {
        return new ProblemException(Problem.BUSY, detail).withHeader("Retry-After", "2");
    }

    List<Route> routes(Metrics metrics, boolean testClock) {
        var routes = new ArrayList<Route>();
        routes.addAll(new SystemRoutes(core.database(), core.clock(), metrics, face).routes(testClock));
        routes.addAll(Forms.routes(new Forms.Parts(core.catalogs(), core.customers(), core.door(), face.pages(),
                face.languages(), core.clock(), face.errors())));
        routes.addAll(messages.routes());
        routes.addAll(people());
        routes.addAll(api());
        return List.copyOf(routes);
    }

    /** What links of messages lead to. */
    private List<Route> people() {
        var links = new SignedLinks(core.secrets());
        var linked = new LinkedMessages(core.database(), links);
        var visits = new Visits(links, linked, core.catalogs(),
                new Visits.Look(face.pages(), face.languages(), face.errors()), core.clock());
        var confirmation = new ConfirmationRoutes.Parts(core.database(), core.secrets(), core.catalogs(), core.door(),
                core.customers(), linked, visits, core.clock());
        var routes = new ArrayList<>(ConfirmationRoutes.routes(confirmation));
        routes.addAll(TicketRoutes.routes(confirmation));
        routes.addAll(ViewRoutes.routes(new ViewRoutes.Parts(core.database(), core.catalogs(), texts, links, visits,
                core.clock())));
        routes.addAll(Polls.routes(new Polls.Parts(core.database(), core.catalogs(), core.customers(), core.ids(),
                core.clock(), guard, visits)));
        var privacy = new PrivacyRequests(core.database(), core.customers(), core.ids(), core.clock());
        routes.addAll(PeopleRoutes.routes(new PreferenceParts(core.database(), core.catalogs(), core.customers(),
                links, visits, readings, privacy, core.clock()), guard));
        return routes;
    }

    private List<Route> api() {
        var routes = new ArrayList<Route>();
        routes.addAll(EligibilityRoutes.routes(new EligibilityRoutes.Parts(core.catalogs(),
                new Eligibility(core.database(), core.clock()), core.clock(), guard)));
        routes.addAll(CustomerRoutes.routes(new CustomerRoutes.Parts(core.database(), core.catalogs(),
                core.customers(), core.door(), core.clock(), guard)));
        routes.addAll(ActivityRoutes.routes(core.database(), guard));
        routes.addAll(ProofRoutes.routes(new ProofRoutes.Parts(core.catalogs(),
                new Proofs(core.database(), core.secrets(), core.clock()),
                new ProofPages(face.pages(), face.languages()), guard)));
        routes.addAll(SuppressionRoutes.routes(new SuppressionRoutes.Parts(core.catalogs(),
                new Suppressions(core.database(), core.ids(), core.clock()), guard)));
        routes.addAll(CampaignSetup.routes(new Campaigns.Parts(core.database(), core.catalogs(), core.ids(),
                core.clock(), texts::of), guard));
        routes.addAll(MessageRoutes.routes(new MessageRoutes.Parts(core.catalogs(), sending, core.customers(),
                core.door(), guard)));
        routes.addAll(OperationRoutes.routes(new OperationRoutes.Parts(access, core.catalogs(), steps, core.door(),
                calls, core.clock(), operationErrors)));
        routes.addAll(calls.routes(guard));
        routes.addAll(Offers.routes(new Offers.Parts(core.database(), core.catalogs(), core.customers(), core.ids(),
                core.clock(), guard)));
        routes.addAll(RecipientRoutes.routes(new RecipientRoutes.Parts(core.database(), core.catalogs(), core.ids(),
                core.clock(), guard)));
        var integrations = new Integrations(core.database(), core.catalogs(), core.provisioning());
        routes.addAll(IntegrationRoutes.routes(core.catalogs(), integrations, guard));
        routes.addAll(DkimKeyRoutes.routes(core.catalogs(), messages.dkimKeys(), guard));
        routes.addAll(OperationSetupRoutes.routes(core.catalogs(), integrations, guard));
        routes.addAll(feedback.routes(guard));
        var brands = new Brands(core.catalogs(), core.provisioning());
        routes.addAll(BrandRoutes.routes(new BrandRoutes.Parts(core.catalogs(), brands,
                new OptInPreview(core.database(), core.catalogs()), guard)));
        routes.addAll(TopicRoutes.routes(new TopicRoutes.Parts(core.catalogs(), brands, topicDeletions, guard)));
        return routes;
    }
}
