package io.countersign.server.feedback;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.customer.Customers;
import io.countersign.server.message.SmsInbox;
import io.countersign.server.platform.Ids;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Takes SMS that people send: STOP, START and HELP, from the primary holder of the number. */
final class SmsReplies implements SmsInbox {
    private final Catalogs catalogs;
    private final Customers customers;
    private final Ids ids;
    private final InstantSource clock;

    SmsReplies(Catalogs catalogs, Customers customers, Ids ids, InstantSource clock) {
        this.catalogs = catalogs;
        this.customers = customers;
        this.ids = ids;
        this.clock = clock;
    }

    /** Takes one SMS of a project; when it returns, what it asks for is durable. */
    Feedbacks.Result take(ProjectId project, IncomingSms sms) {
        return take(project, sms, true);
    }

    private Feedbacks.Result take(ProjectId id, IncomingSms sms, boolean keeps) {
        Catalog catalog = catalogs.current();
        Optional<Project> project = catalog.project(id);
        if (project.isEmpty()) {
            return Feedbacks.Result.NOTHING;
        }
        return customers.within(id, 0, (tx, door) -> new SmsReplyWriter(new SmsReplyWriter.Setting(project.get(),
                catalog.brands(id), customers, ids, clock.instant().truncatedTo(ChronoUnit.MICROS), keeps))
                .write(tx, door, sms));
    }

    /**
     * The SMS centre serves all projects: who writes to a sender means the projects of its brands, who writes to
     * something else any project that knows the number.
     */
    @Override
    public void take(String from, String to, String text) {
        var sms = new IncomingSms(from, to, text, Optional.empty());
        Catalog catalog = catalogs.current();
        List<Project> addressed = catalog.projects().stream().filter(project ->
                !SmsBrands.sendingAs(to, catalog.brands(project.id())).isEmpty()).toList();
        (addressed.isEmpty() ? catalog.projects() : addressed)
                .forEach(project -> take(project.id(), sms, !addressed.isEmpty()));
    }
}
