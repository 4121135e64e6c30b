package io.countersign.server.message;

import java.util.Optional;

/**
 * A mail that waits at its provider and is made when its turn comes, on a thread of the provider. Whoever queued it may
 * withdraw it until it is begun. What the provider began it also ends, in one of three ways, once; what was not to be
 * made or begun it forgets.
 */
public interface LaterEmail {

    /** Empty when it is to go nowhere. May throw: then it is to be failed. */
    Optional<OutgoingEmail> make();

    /** Before anything is said of it to a server, or decided; false when it was withdrawn, or begun elsewhere. */
    boolean begin();

    void end(HandOver outcome);

    /** It met a fault of this server. */
    void fail(Throwable fault);

    /** The provider is closed, and gave it to no server. */
    void giveBack();
}
