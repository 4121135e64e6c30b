package io.countersign.server.message;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.message.Pace;
import io.countersign.domain.message.Pace.Turn;
import io.countersign.server.message.HandOver.Concern;
import io.countersign.server.message.MessageQueue.PutBack;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How fast this node mails each receiving domain, and all together. What campaigns send in bulk is put off where it
 * would be too fast; other mails count, and go. Kept in memory: a node that starts learns anew.
 */
final class Paces {
    /** The pace of all mails together. */
    private static final String ALL = "";
    /** Domains come from addresses; those that are not slowed are forgotten first. */
    private static final int MOST = 10_000;

    private final Catalogs catalogs;
    private final Map<String, Pace> paces = new HashMap<>();

    Paces(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    /** What of a take goes now, and what is to be taken again later. */
    record Admitted(List<Taken> now, List<PutBack> later) {}

    synchronized Admitted admit(List<Taken> taken, Instant now) {
        var going = new ArrayList<Taken>();
        var later = new ArrayList<PutBack>();
        for (Taken message : taken) {
            boolean waits = message.letter().campaign().filter(Taken.OfCampaign::bulk).isPresent();
            if (message.recipient().type() != ContactType.EMAIL || !waits) {
                count(message, now);
                going.add(message);
                continue;
            }
            switch (ask(message, now)) {
                case Turn.Now _ -> going.add(message);
                case Turn.Later(_, Instant due) -> later.add(new PutBack(message.id(), due));
            }
        }
        return new Admitted(going, later);
    }

    /** The domain first: whoever waits there takes no place from others. */
    private Turn ask(Taken message, Instant now) {
        Turn turn = ask(domain(message), now);
        return turn instanceof Turn.Now ? ask(ALL, now) : turn;
    }

    private Turn ask(String domain, Instant now) {
        Turn turn = pace(domain, now).ask(now);
        keep(domain, turn.after());
        return turn;
    }

    private void count(Taken message, Instant now) {
        if (message.recipient().type() == ContactType.EMAIL) {
            keep(domain(message), pace(domain(message), now).count(now));
            keep(ALL, pace(ALL, now).count(now));
        }
    }

    /** What a try tells about the receiving domain. */
    synchronized void learn(Taken message, HandOver outcome, Instant now) {
        if (message.recipient().type() != ContactType.EMAIL) {
            return;
        }
        String domain = domain(message);
        switch (outcome) {
            case HandOver.Accepted _ -> keep(domain, pace(domain, now).succeeded(now));
            case HandOver.Deferred(ProviderReply reply, Concern concern) when asksToComeLater(reply, concern) ->
                    keep(domain, pace(domain, now).failed(now));
            case HandOver.Deferred _, HandOver.Refused _, HandOver.Withheld _ -> { }
        }
    }

    /** A full mailbox is a matter of its own, and no answer at all no matter of the domain. */
    private static boolean asksToComeLater(ProviderReply reply, Concern concern) {
        boolean ofMailbox = concern == Concern.RECIPIENT && reply.detail().startsWith("4.2.");
        return reply.code() >= 400 && reply.code() <= 499 && !ofMailbox;
    }

    /** Domains that are slowed now. */
    synchronized int slowed() {
        return (int) paces.values().stream().filter(pace -> pace.slowed() > 0).count();
    }

    private Pace pace(String domain, Instant now) {
        double limit = limit(domain);
        Pace known = paces.get(domain);
        return known != null && known.limit() == limit ? known : Pace.of(limit, now);
    }

    private void keep(String domain, Pace pace) {
        if (pace.isFree()) {
            paces.remove(domain);
            return;
        }
        if (paces.size() >= MOST && !paces.containsKey(domain)) {
            paces.values().removeIf(other -> other.slowed() == 0);
        }
        if (paces.size() < MOST || paces.containsKey(domain)) {
            paces.put(domain, pace);
        }
    }

    private int limit(String domain) {
        return catalogs.current().emailProvider().filter(Provider.Smtp.class::isInstance)
                .map(provider -> ((Provider.Smtp) provider).limits())
                .map(limits -> domain.equals(ALL) ? limits.perSecond() : limits.ofDomain(domain)).orElse(0);
    }

    private static String domain(Taken message) {
        String address = message.recipient().address();
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
