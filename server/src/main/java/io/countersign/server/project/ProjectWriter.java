package io.countersign.server.project;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.project.BrandStore.LiveCampaign;
import io.countersign.server.project.Setups.BrandSetup;
import io.countersign.server.project.Setups.FormSetup;
import io.countersign.server.project.Setups.IntegrationSetup;
import io.countersign.server.project.Setups.OperatorSetup;
import io.countersign.server.project.Setups.OptInSetup;
import io.countersign.server.project.Setups.ProjectSetup;
import io.countersign.server.project.Setups.TopicSetup;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a project and all in it, what is referred to before what refers. */
final class ProjectWriter {
    /** No region: numbers without country code are not understood. */
    private static final String NO_REGION = "ZZ";

    private final ProvisionRun run;

    ProjectWriter(ProvisionRun run) {
        this.run = run;
    }

    void write(ProjectSetup project) throws SQLException {
        int before = run.noted();
        var defaults = Columns.of("name", project.slug()).with("time_zone", ZoneId.systemDefault().getId())
                .with("phone_region", NO_REGION);
        int id = run.put("project " + project.slug(), SetupTable.PROJECTS, Columns.of("slug", project.slug()),
                project.columns(), defaults);
        for (BrandSetup brand : project.brands()) {
            writeBrand(id, brand, project.slug());
        }
        var integrations = new IntegrationWriter(run, id, project.slug());
        for (IntegrationSetup integration : project.integrations()) {
            integrations.write(integration);
        }
        var forms = new FormWriter(run, id, project.slug());
        for (FormSetup form : project.forms()) {
            forms.write(form);
        }
        var operators = new OperatorWriter(run, id, project.slug());
        for (OperatorSetup operator : project.operators()) {
            operators.write(operator);
        }
        new MailboxWriter(run, id, project.slug()).write(project.mailboxes());
        run.record(id, before);
    }

    private void writeBrand(int project, BrandSetup brand, String projectSlug) throws SQLException {
        keepOptIn(new ProjectId(project), brand);
        int id = run.put("brand " + brand.slug() + " of " + projectSlug, SetupTable.BRANDS,
                Columns.of("project_id", project).with("slug", brand.slug()), brand.columns(),
                Columns.of("name", brand.slug()));
        for (TopicSetup topic : brand.topics()) {
            run.put("topic " + topic.slug() + " of " + projectSlug + "/" + brand.slug(), SetupTable.TOPICS,
                    Columns.of("project_id", project).with("brand_id", id).with("slug", topic.slug()),
                    topic.columns(), Columns.of("name", topic.slug()));
        }
        new DkimWriter(run, project, projectSlug).write(id, brand);
    }

    /** OFF1: a brand keeps its opt-in while campaigns live on it. */
    private void keepOptIn(ProjectId project, BrandSetup brand) throws SQLException {
        Optional<BrandId> known = BrandStore.find(run.tx, project, brand.slug());
        if (known.isEmpty()) {
            return;
        }
        List<OptInSetup> off = brand.optIn().stream().filter(said -> !said.on()).toList();
        Map<Channel, List<LiveCampaign>> live = BrandStore.inTheWay(run.tx, project, known.get(),
                off.stream().map(OptInSetup::channel).toList());
        off.stream().filter(said -> live.containsKey(said.channel())).forEach(said -> run.problems.add(said.place(),
                "cannot be switched off while these opt-in campaigns are live: "
                        + Brands.names(live.get(said.channel()))));
    }
}
