package io.countersign.server.customer;

import io.countersign.domain.customer.Decision;
import io.countersign.domain.project.ProjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets commands that come at the same time share a transaction. Nobody waits for company: a command that finds nothing
 * going on is a batch of one, those that come while others commit go together next. Each project has its own line.
 */
public final class Door {
    private static final int LARGEST_BATCH = 128;
    private static final int LONGEST_LINE = 20_000;

    private final Customers customers;
    private final int lanes;
    private final Map<ProjectId, Line> lines = new ConcurrentHashMap<>();

    /** @param lanes transactions of one project that may run beside each other */
    public Door(Customers customers, int lanes) {
        this.customers = customers;
        this.lanes = lanes;
    }

    /** Too many commands wait already; nothing was done. */
    public static final class Crowded extends RuntimeException {
        private static final long serialVersionUID = 1;

        Crowded() {
            super("too many commands wait", null, false, false);
        }
    }

    /** Carries out one command; when it returns, the change is durable. */
    public Decision submit(ProjectId project, Submission submission) {
        Line line = lines.computeIfAbsent(project, Line::new);
        if (line.waiting.get() > LONGEST_LINE) {
            throw new Crowded();
        }
        var pending = new Pending(submission, new CompletableFuture<>());
        line.enter(pending);
        try {
            return pending.decision().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private record Pending(Submission submission, CompletableFuture<Decision> decision) {}

    private final class Line {
        private final ProjectId project;
        private final Queue<Pending> queue = new ConcurrentLinkedQueue<>();
        private final AtomicInteger waiting = new AtomicInteger();
        private final Semaphore free = new Semaphore(lanes);

        Line(ProjectId project) {
            this.project = project;
        }

        void enter(Pending pending) {
            waiting.incrementAndGet();
            queue.add(pending);
            serve();
        }

        private void serve() {
            if (!queue.isEmpty() && free.tryAcquire()) {
                Thread.startVirtualThread(this::drain);
            }
        }

        private void drain() {
            try {
                for (List<Pending> batch = next(); !batch.isEmpty(); batch = next()) {
                    carryOut(batch);
                }
            } finally {
                free.release();
            }
            serve(); // somebody may have come between the last look and the release
        }

        private List<Pending> next() {
            var batch = new ArrayList<Pending>();
            for (Pending pending; batch.size() < LARGEST_BATCH && (pending = queue.poll()) != null; ) {
                batch.add(pending);
            }
            waiting.addAndGet(-batch.size());
            return batch;
        }

        /** A batch that fails is tried again one by one, so that only the failing command fails. */
        private void carryOut(List<Pending> batch) {
            try {
                List<Decision> decisions = customers.apply(project,
                        batch.stream().map(Pending::submission).toList());
                for (int i = 0; i < batch.size(); i++) {
                    batch.get(i).decision().complete(decisions.get(i));
                }
            } catch (RuntimeException | Error e) {
                if (batch.size() == 1) {
                    batch.getFirst().decision().completeExceptionally(e);
                } else {
                    batch.forEach(pending -> carryOut(List.of(pending)));
                }
            }
        }
    }
}
