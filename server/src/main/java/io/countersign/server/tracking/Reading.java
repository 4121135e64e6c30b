package io.countersign.server.tracking;

import io.countersign.server.link.MessageEvent;
import io.countersign.server.link.MessageLink;
import java.time.Instant;
import java.util.Optional;

/**
 * That somebody, or something, fetched what a link of a message leads to.
 *
 * @param detail the address that a click leads to
 */
public record Reading(MessageLink link, MessageEvent.Kind kind, Instant at, Optional<String> detail,
                      MessageEvent.Client client) {
    private static final int LONGEST_AGENT = 500;

    /** Memory is bounded by the number of readings that wait, so each is bounded as well. */
    public Reading {
        client = new MessageEvent.Client(client.automatic(), client.ip(), client.userAgent().map(text ->
                text.length() <= LONGEST_AGENT ? text : text.substring(0, LONGEST_AGENT)));
    }
}
