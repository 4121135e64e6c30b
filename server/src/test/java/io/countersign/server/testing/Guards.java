package io.countersign.server.testing;

import io.countersign.server.access.Access;
import io.countersign.server.access.Guard;
import io.countersign.server.access.IdempotentRequests;
import io.countersign.server.platform.Ids;
import io.countersign.server.project.SetupFixture;
import java.security.SecureRandom;

/** The guard of a node. */
public final class Guards {
    private Guards() {}

    public static Guard of(SetupFixture node) {
        return new Guard(new Access(node.database, node.secrets, node.catalogs, node.clock),
                new IdempotentRequests(node.database, node.secrets, new Ids(node.clock, new SecureRandom()),
                        node.clock));
    }
}
