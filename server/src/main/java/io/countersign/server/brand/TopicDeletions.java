package io.countersign.server.brand;

import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Way;
import io.countersign.server.brand.TopicDeletionQueue.Deletion;
import io.countersign.server.brand.TopicDeletionQueue.Left;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.platform.Periodic;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.BrandStore;
import io.countersign.server.project.Brands;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import io.countersign.server.project.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes topics (TR8). The topic is gone at once; those who were subscribed to it by name are unsubscribed through the
 * one door, some at a time, and a process that dies on the way goes on after its start.
 */
public final class TopicDeletions implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int BATCH = 200;
    /** Other nodes know a deleted topic for about a second; whom they subscribe meanwhile is found by a later look. */
    private static final Duration AFTERMATH = Duration.ofSeconds(30);

    private final Catalogs catalogs;
    private final Customers customers;
    private final InstantSource clock;
    private final Periodic periodic = new Periodic("topic-deletions", PAUSE);

    public TopicDeletions(Catalogs catalogs, Customers customers, InstantSource clock) {
        this.catalogs = catalogs;
        this.customers = customers;
        this.clock = clock;
    }

    /**
     * Deletes a topic; false when it is gone already.
     *
     * @throws ProblemException {@link Problem#TOPIC_IN_USE} when live campaigns are about it
     */
    boolean delete(Topic topic, String actor) {
        Project project = catalogs.current().project(topic.project()).orElseThrow();
        Instant now = clock.instant();
        return catalogs.change(tx -> {
            Optional<List<BrandStore.LiveCampaign>> live = BrandStore.delete(tx, project, topic, now);
            if (live.filter(campaigns -> !campaigns.isEmpty()).isPresent()) {
                throw new ProblemException(Problem.TOPIC_IN_USE, "These campaigns are about it: "
                        + Brands.names(live.get()) + ". Delete them first, or give them another topic.", "topic")
                        .with("campaigns", Brands.documents(live.get()));
            }
            if (live.isPresent()) {
                TopicDeletionQueue.put(tx, topic, actor, now);
            }
            return live.isPresent();
        });
    }

    public TopicDeletions start() {
        periodic.start(this::carryOut);
        return this;
    }

    /** Unsubscribes all who are left. */
    public void carryOut() {
        periodic.each(catalogs.current().projects(), Project::slug, project ->
                periodic.drain(BATCH, () -> round(project.id())));
    }

    private int round(ProjectId project) {
        return customers.within(project, BATCH, (tx, door) -> {
            var batch = new ArrayList<Submission>();
            for (Deletion deletion : TopicDeletionQueue.take(tx, project)) {
                List<Left> left = TopicDeletionQueue.left(tx, deletion, BATCH - batch.size());
                left.forEach(one -> batch.add(Submission.of(command(deletion, one))));
                if (left.isEmpty() && batch.size() < BATCH && isOver(deletion)) {
                    TopicDeletionQueue.remove(tx, deletion);
                }
            }
            if (!batch.isEmpty()) {
                door.apply(batch);
            }
            return batch.size();
        });
    }

    private boolean isOver(Deletion deletion) {
        return !deletion.at().plus(AFTERMATH).isAfter(clock.instant());
    }

    private CustomerCommand command(Deletion deletion, Left left) {
        return new CustomerCommand(new Who.ById(left.customer()), IfUnknown.REFUSE,
                List.of(new Change.SetSubscription(deletion.brand(), left.node(), Way.MANUAL, Instruction.UNSUBSCRIBE)),
                new Origin("topic_deletion", Optional.empty(), deletion.actor(), false), customers.fresh());
    }

    @Override
    public void close() {
        periodic.close();
    }
}
