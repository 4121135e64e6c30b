package io.countersign.acceptance;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many sign-ups from several clients at once, some of which a dying server may not answer. */
final class SignUps implements AutoCloseable {
    private static final int CLIENTS = 16;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final String name;
    private final int size;
    private final List<Api> nodes;

    private SignUps(String name, int size, List<Api> nodes) {
        this.name = name;
        this.size = size;
        this.nodes = nodes;
    }

    /** Begins; each address is submitted once, to one node after the other. */
    static SignUps begin(String name, int size, Api... nodes) {
        var signUps = new SignUps(name, size, List.of(nodes));
        for (int i = 0; i < CLIENTS; i++) {
            signUps.clients.submit(signUps::submitAll);
        }
        return signUps;
    }

    void awaitAcknowledged(int wanted) {
        Await.until(wanted + " acknowledged sign-ups", () -> acknowledged.size() >= wanted || isOver());
    }

    /** The addresses that were answered with success, when all has been tried. */
    Set<String> finish() throws InterruptedException {
        clients.shutdown();
        if (!clients.awaitTermination(5, TimeUnit.MINUTES)) {
            throw new AssertionError("the clients do not end");
        }
        return Set.copyOf(acknowledged);
    }

    /** Answers other than success. */
    int refused() {
        return refused.get();
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }

    private boolean isOver() {
        return next.get() >= size + CLIENTS;
    }

    private void submitAll() {
        for (int i = next.getAndIncrement(); i < size; i = next.getAndIncrement()) {
            var email = name + i + "@example.org";
            try {
                if (nodes.get(i % nodes.size()).signUp(email).status() == 200) {
                    acknowledged.add(email);
                } else {
                    refused.incrementAndGet();
                }
            } catch (IOException e) {
                // The server died before it answered: it has promised nothing.
            }
        }
    }
}
