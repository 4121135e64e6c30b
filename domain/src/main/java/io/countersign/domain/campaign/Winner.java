package io.countersign.domain.campaign;

import io.countersign.domain.campaign.Significance.Tally;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which variant of a trial goes on. */
public final class Winner {
    private Winner() {}

    /** The variant, and how sure that is. */
    public record Choice(String variant, Basis basis) {}

    /** What a choice rests on. */
    public enum Basis {
        /** It did better than every other, as certainly as the trial asks. */
        SIGNIFICANT,
        /** It did best, but chance may explain that. */
        LEADER,
        /** Not every variant was sent often enough to say anything, or nobody did anything with any of them. */
        TOO_FEW,
        /** A person chose it. */
        BY_HAND
    }

    /**
     * The variant for the rest of a bulk campaign, at the time of the decision: there always is one, as the rest must
     * not wait for ever. It is the one with the highest rate; of equals the first by name. What it rests on is told.
     *
     * @param tallies what happened to the messages of each variant; one that is missing was not sent
     */
    public static Choice choose(Trial trial, Map<String, Tally> tallies) {
        SortedMap<String, Tally> all = complete(trial, tallies);
        String best = best(all);
        return new Choice(best, basis(all, best, trial.minimum(), needed(trial)));
    }

    /**
     * The variant that an automated campaign, which has no rest and no end, sends from now on: only one that did
     * better for certain.
     *
     * @param tallies what had happened by the time of the look
     */
    public static Optional<Choice> significant(Trial trial, Map<String, Tally> tallies, Look look) {
        SortedMap<String, Tally> all = complete(trial, tallies);
        var choice = new Choice(best(all), basis(all, best(all), trial.minimum(), needed(trial, look)));
        return Optional.of(choice).filter(chosen -> chosen.basis() == Basis.SIGNIFICANT);
    }

    private static SortedMap<String, Tally> complete(Trial trial, Map<String, Tally> tallies) {
        var all = new TreeMap<String, Tally>();
        trial.shares().keySet().forEach(variant ->
                all.put(variant, tallies.getOrDefault(variant, new Tally(0, 0))));
        return all;
    }

    private static String best(SortedMap<String, Tally> all) {
        String best = all.firstKey();
        for (Map.Entry<String, Tally> one : all.entrySet()) {
            if (one.getValue().rate() > all.get(best).rate()) {
                best = one.getKey();
            }
        }
        return best;
    }

    private static Basis basis(SortedMap<String, Tally> all, String best, int minimum, double needed) {
        if (all.get(best).did() == 0 || all.values().stream().anyMatch(tally -> tally.sent() < minimum)) {
            return Basis.TOO_FEW;
        }
        boolean certain = all.entrySet().stream().filter(one -> !one.getKey().equals(best))
                .allMatch(other -> Significance.certainty(all.get(best), other.getValue()) >= needed);
        return certain ? Basis.SIGNIFICANT : Basis.LEADER;
    }

    /**
     * The best of several is the best by chance more easily than one of two: what may be wrong is divided by the number
     * of pairs (Bonferroni).
     */
    static double needed(Trial trial) {
        int variants = trial.shares().size();
        return 1 - (1 - trial.confidence()) / (variants * (variants - 1) / 2.0);
    }

    /**
     * Who looks often enough sees any difference by chance. What may be wrong is shared out among all looks there will
     * ever be: half of it to the first, a sixth to the second, {@code 1 / (n (n + 1))} to the n-th, in all the whole.
     */
    static double needed(Trial trial, Look look) {
        return 1 - (1 - needed(trial)) / ((double) look.number() * (look.number() + 1));
    }
}
