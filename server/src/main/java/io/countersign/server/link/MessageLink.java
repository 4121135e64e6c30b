package io.countersign.server.link;

import io.countersign.domain.project.ProjectId;
import java.util.UUID;

/**
 * What a signed link of a message carries. It stands in the link itself, so that a message of a million needs no row of
 * its own; the signature tells that it was given out here.
 *
 * @param number which link of the message, from 1, or which answer of a poll; 0 where there is only one
 */
public record MessageLink(ProjectId project, LinkKind kind, UUID message, int number) {
    static final int MOST = 0xFFFF;

    public MessageLink {
        if (number < 0 || number > MOST) {
            throw new IllegalArgumentException("link number " + number);
        }
    }
}
