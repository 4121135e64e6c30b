package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a sink took, by recipient. */
final class Arrived {
    private Arrived() {}

    /** Waits until each of these addresses has got a mail. */
    static void await(SmtpSink sink, Collection<String> addresses, Duration atMost) {
        Await.until("a mail for each of " + addresses.size(), atMost,
                () -> recipients(sink).containsAll(addresses));
    }

    /** A second mail to somebody is allowed only as the same message, handed over again after a death. */
    static void assertDoublesAreTheSameMessage(SmtpSink sink) throws MessagingException {
        assertThat(messageIds(sink)).allSatisfy((address, ids) -> assertThat(ids).as(address).hasSize(1));
    }

    /** Each recipient exactly once. */
    static void assertNoDoubles(SmtpSink sink) throws MessagingException {
        assertThat(sink.mails()).hasSize(messageIds(sink).size());
        assertDoublesAreTheSameMessage(sink);
    }

    private static Set<String> recipients(SmtpSink sink) {
        return sink.mails().stream().map(mail -> mail.recipients().getFirst()).collect(Collectors.toSet());
    }

    private static Map<String, Set<String>> messageIds(SmtpSink sink) throws MessagingException {
        var ids = new HashMap<String, Set<String>>();
        for (var mail : sink.mails()) {
            ids.computeIfAbsent(mail.recipients().getFirst(), _ -> new HashSet<>())
                    .add(mail.parsed().getMessageID());
        }
        return ids;
    }
}
