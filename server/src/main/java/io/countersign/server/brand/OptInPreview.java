package io.countersign.server.brand;

import io.countersign.domain.customer.OptInDifference;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.server.brand.OptInCountStore.Counts;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Json;
import io.countersign.server.project.Brand;
import io.countersign.server.project.BrandStore;
import io.countersign.server.project.BrandStore.LiveCampaign;
import io.countersign.server.project.Brands;
import io.countersign.server.project.Catalogs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What switching double opt-in on or off would change: nobody's status (ON2, OFF3), but how the ways in act from then
 * on, which is found by asking the rules themselves.
 */
public final class OptInPreview {
    private final Database database;
    private final Catalogs catalogs;

    public OptInPreview(Database database, Catalogs catalogs) {
        this.database = database;
        this.catalogs = catalogs;
    }

    /** How a switch is to be turned. */
    enum Turn { ON, OFF }

    private record Asked(Channel channel, boolean now, boolean then) {}

    private record Known(Asked asked, Counts counts, List<LiveCampaign> live) {}

    /** The answer for the channels that are spoken of. */
    ObjectNode of(Brand brand, Optional<Turn> email, Optional<Turn> sms) {
        List<Asked> asked = Stream.of(email.map(turn -> asked(brand, Channel.EMAIL, turn)),
                sms.map(turn -> asked(brand, Channel.SMS, turn))).flatMap(Optional::stream).toList();
        List<Known> known = database.transaction(tx -> {
            tx.update("set transaction isolation level repeatable read, read only");
            var list = new ArrayList<Known>();
            for (Asked one : asked) {
                list.add(new Known(one, OptInCountStore.of(tx, brand, one.channel()),
                        BrandStore.liveOptInCampaigns(tx, brand.project(), brand.id(), one.channel())));
            }
            return list;
        });
        boolean keep = catalogs.current().project(brand.project()).orElseThrow().keepExplicitSubscribed();
        ObjectNode answer = Json.object().put("brand", brand.slug())
                .put("possible", known.stream().noneMatch(OptInPreview::isBarred));
        var channels = answer.putArray("channels");
        known.forEach(one -> channels.add(document(one, keep)));
        return answer;
    }

    private static Asked asked(Brand brand, Channel channel, Turn turn) {
        return new Asked(channel, brand.doubleOptIn().isOn(channel), turn == Turn.ON);
    }

    private static boolean isBarred(Known known) {
        return known.asked().now() && !known.asked().then() && !known.live().isEmpty();
    }

    private static ObjectNode document(Known known, boolean keepExplicitSubscribed) {
        Asked asked = known.asked();
        Counts counts = known.counts();
        ObjectNode document = Json.object().put("channel", Names.of(asked.channel())).put("now", asked.now())
                .put("then", asked.then());
        ObjectNode customers = document.putObject("customers");
        for (SubscriptionStatus status : SubscriptionStatus.values()) {
            if (status != SubscriptionStatus.NO_DATA) {
                customers.putObject(Names.of(status)).put("explicit", counts.explicit(status))
                        .put("implicit", counts.implicit(status));
            }
        }
        customers.put(Names.of(SubscriptionStatus.NO_DATA), counts.noData());
        SubscriptionStatus waiting = SubscriptionStatus.REQUIRES_CONFIRMATION;
        document.put("moved", 0).put("stay_in_requires_confirmation",
                counts.explicit(waiting) + counts.implicit(waiting));
        Brands.documents(known.live()).forEach(document.putArray("live_opt_in_campaigns")::add);
        ArrayNode ways = document.putArray("ways");
        if (asked.now() != asked.then()) {
            ways(ways, asked, keepExplicitSubscribed);
        }
        return document;
    }

    /** Rows that say the same are one, with all the statuses before that they hold for. */
    private static void ways(ArrayNode ways, Asked asked, boolean keepExplicitSubscribed) {
        var grouped = new LinkedHashMap<ObjectNode, List<String>>();
        for (OptInDifference.Row row : OptInDifference.of(asked.channel(), keepExplicitSubscribed)) {
            ObjectNode way = Json.object().put("way", Names.of(row.way()))
                    .put("instruction", Names.of(row.instruction())).put("node", Names.of(row.at()))
                    .put("now", outcome(asked.now() ? row.on() : row.off()))
                    .put("then", outcome(asked.then() ? row.on() : row.off()));
            grouped.computeIfAbsent(way, _ -> new ArrayList<>()).add(Names.of(row.before()));
        }
        grouped.forEach((way, statuses) -> {
            ObjectNode item = way.deepCopy();
            statuses.forEach(item.putArray("before")::add);
            ways.add(item);
        });
    }

    private static String outcome(Optional<SubscriptionStatus> status) {
        return status.map(Names::of).orElse("refused");
    }
}
