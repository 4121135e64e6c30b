package io.countersign.domain.eligibility;

import io.countersign.domain.contact.Verification;
import io.countersign.domain.eligibility.Facts.AsNonPrimary;
import io.countersign.domain.eligibility.Facts.AsPrimary;
import io.countersign.domain.eligibility.Facts.Holding;
import io.countersign.domain.eligibility.Facts.Nobody;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.suppression.SuppressionReason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The whole cross product of what eligibility depends on. */
public final class AllFacts {
    private AllFacts() {}

    public static Stream<Facts> stream() {
        return holdings().stream().flatMap(holding -> suppressions().stream().flatMap(suppressed ->
                Stream.of(true, false).flatMap(delivered -> Stream.of(SubscriptionStatus.values())
                        .flatMap(channel ->
                        topics().stream().flatMap(topic -> Stream.of(false, true).flatMap(elsewhere ->
                                Stream.of(false, true).map(often -> new Facts(holding, suppressed, delivered,
                                        channel, topic, elsewhere, often))))))));
    }

    public static List<Holding> holdings() {
        var holdings = new ArrayList<Holding>(List.of(new Nobody()));
        for (boolean valid : new boolean[] {true, false}) {
            holdings.add(new AsNonPrimary(valid));
            for (Verification verification : Verification.values()) {
                holdings.add(new AsPrimary(verification, valid));
            }
        }
        return holdings;
    }

    public static List<Optional<SubscriptionStatus>> topics() {
        var topics = new ArrayList<Optional<SubscriptionStatus>>(List.of(Optional.empty()));
        Stream.of(SubscriptionStatus.values()).map(Optional::of).forEach(topics::add);
        return topics;
    }

    public static List<Set<SuppressionReason>> suppressions() {
        var subsets = new ArrayList<Set<SuppressionReason>>(List.of(EnumSet.noneOf(SuppressionReason.class)));
        for (SuppressionReason reason : SuppressionReason.values()) {
            for (Set<SuppressionReason> subset : List.copyOf(subsets)) {
                var larger = EnumSet.of(reason);
                larger.addAll(subset);
                subsets.add(larger);
            }
        }
        return subsets;
    }
}
