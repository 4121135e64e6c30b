package io.countersign.server.campaign;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.Complaints;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Background work of projects beside one another: one turn of a project at a time, a few of them at once in all, and
 * who has waited longest comes first. What takes long in one project holds up no other, as long as a turn is free.
 */
final class ProjectTurns {
    private static final Complaints COMPLAINTS = new Complaints(System.getLogger(ProjectTurns.class.getName()));

    private final String name;
    private final int atOnce;
    private final Set<ProjectId> underWay = new HashSet<>();
    private final Map<ProjectId, Long> served = new HashMap<>();
    private long turns;

    /**
     * @param name   of the threads, and what the log calls them
     * @param atOnce so many turns at the most
     */
    ProjectTurns(String name, int atOnce) {
        this.name = name;
        this.atOnce = atOnce;
    }

    /** Begins a turn for each project that has none under way, as far as there is room; the others ask again. */
    synchronized void begin(Map<ProjectId, Runnable> work) {
        served.keySet().removeIf(project -> !work.containsKey(project) && !underWay.contains(project));
        List<ProjectId> next = work.keySet().stream().filter(project -> !underWay.contains(project))
                .sorted(Comparator.comparing((ProjectId project) -> served.getOrDefault(project, 0L))
                        .thenComparing(ProjectId::value)).limit(atOnce - underWay.size()).toList();
        next.forEach(project -> begin(project, work.get(project)));
    }

    private void begin(ProjectId project, Runnable turn) {
        underWay.add(project);
        served.put(project, ++turns);
        try {
            Thread.ofVirtual().name(name).start(() -> {
                try {
                    turn.run();
                } catch (RuntimeException | Error e) {
                    complain(project, e);
                } finally {
                    end(project);
                }
            });
        } catch (RuntimeException | Error e) { // it did not even begin
            complain(project, e);
            end(project);
        }
    }

    private void complain(ProjectId project, Throwable fault) {
        COMPLAINTS.tell(name + " of project " + project.value() + " failed, and is tried again", fault);
    }

    private synchronized void end(ProjectId project) {
        underWay.remove(project);
        notifyAll();
    }

    /** Waits until none is under way. */
    synchronized void await() {
        try {
            while (!underWay.isEmpty()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
