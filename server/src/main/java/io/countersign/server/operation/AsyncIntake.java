package io.countersign.server.operation;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.operation.CallQueue.Entry;
import io.countersign.server.platform.Gathering;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.DatabaseException;
import java.util.List;
import java.util.UUID;

/** Puts calls into the queue; those that come at the same time share an insert, and so a flush to the disk. */
final class AsyncIntake implements AsyncCalls {
    private static final long MEGABYTE = 1 << 20;
    /** Rows of the table are some hundred bytes beside the payload. */
    private static final int ROW = 300;
    private static final Gathering.Bounds BOUNDS =
            new Gathering.Bounds(2, 256, 4 * MEGABYTE, 32 * MEGABYTE);

    private final Secrets secrets;
    private final Ids ids;
    private final Runnable wake;
    private final Gathering<ProjectId, Entry, UUID> gathering;

    /** @param wake told after something was put in */
    AsyncIntake(Database database, Secrets secrets, Ids ids, Runnable wake) {
        this.secrets = secrets;
        this.ids = ids;
        this.wake = wake;
        this.gathering = new Gathering<>(BOUNDS, entry -> entry.payload().length + ROW, DatabaseException::isAway,
                (_, batch) -> {
                    database.with(tx -> {
                        CallQueue.put(tx, batch);
                        return null;
                    });
                    return batch.stream().map(Entry::id).toList();
                });
    }

    @Override
    public UUID accept(OperationCall call) {
        byte[] payload = new CallPayload(call.body(), call.meta()).seal(secrets);
        List<String> keys = CallKeys.of(secrets, call.body());
        UUID id = gathering.submit(call.project().id(), new Entry(call, ids.next(), keys, payload));
        wake.run();
        return id;
    }
}
