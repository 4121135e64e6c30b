package io.countersign.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.countersign.domain.campaign.Significance.Tally;
import io.countersign.domain.campaign.Winner.Basis;
import io.countersign.domain.campaign.Winner.Choice;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which text does best, and how certain that is. */
class WinnerTest {
    private static final Trial TWO = trial(Map.of("a", 10, "b", 10));
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final Choice B_FOR_CERTAIN = new Choice("b", Basis.SIGNIFICANT);
    private static final Trial THREE = trial(Map.of("a", 10, "b", 10, "c", 10));

    /** The error function of another library, at z divided by the root of 2. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0.3829249225480262", "1, 0.6826894921370859", "1.959963984540054, 0.95",
        "2.575829303548901, 0.99", "3.290526731491926, 0.999", "5, 0.9999994266968563", "40, 1"})
    void theNormalDistributionIsRight(double z, double certainty) {
        assertThat(Significance.within(z)).isCloseTo(certainty, within(1e-14));
    }

    @ParameterizedTest(name = "{1} of {0} and {3} of {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # the hives medication of OpenStax, Introductory Statistics, 10.3: its p-value is 0.1404
            200   | 20   | 200   | 12   | 1.4744196  | 0.8596
            # the others computed apart from this code
            1000  | 200  | 1000  | 160  | 2.3281010  | 0.980093
            200   | 41   | 400   | 60   | 1.6973537  | 0.910370
            10000 | 1000 | 10000 | 1100 | -2.3066347 | 0.978925
            100   | 5    | 100   | 5    | 0          | 0
            # nothing can be said where there is nothing, or no difference is possible
            0     | 0    | 100   | 5    | 0          | 0
            100   | 0    | 100   | 0    | 0          | 0
            100   | 100  | 50    | 50   | 0          | 0
            """)
    void twoProportionsAreCompared(long sent, long did, long otherSent, long otherDid, double z, double certainty) {
        var first = new Tally(sent, did);
        var second = new Tally(otherSent, otherDid);

        assertThat(Significance.z(first, second)).isCloseTo(z, within(1e-6));
        assertThat(Significance.certainty(first, second)).isCloseTo(certainty, within(5e-5));
    }

    @Test
    void aCertainDifferenceIsSaidToBeOne() {
        assertThat(Winner.choose(TWO, Map.of("a", new Tally(1000, 160), "b", new Tally(1000, 200))))
                .isEqualTo(new Choice("b", Basis.SIGNIFICANT));
    }

    @Test
    void withoutACertainDifferenceTheLeaderIsTakenAndThatIsSaid() {
        assertThat(Winner.choose(TWO, Map.of("a", new Tally(200, 20), "b", new Tally(200, 12))))
                .isEqualTo(new Choice("a", Basis.LEADER));
    }

    @Test
    void ofEqualsTheFirstByNameIsTaken() {
        assertThat(Winner.choose(TWO, Map.of("a", new Tally(200, 20), "b", new Tally(100, 10))))
                .isEqualTo(new Choice("a", Basis.LEADER));
        assertThat(Winner.choose(TWO, Map.of())).isEqualTo(new Choice("a", Basis.TOO_FEW));
    }

    @Test
    void belowTheMinimumNothingIsCertain() {
        assertThat(Winner.choose(TWO, Map.of("a", new Tally(99, 0), "b", new Tally(5000, 4000))))
                .isEqualTo(new Choice("b", Basis.TOO_FEW));
    }

    /** Nobody leads where nobody did anything, however many messages there were. */
    @Test
    void whereNobodyDidAnythingItIsTooFew() {
        assertThat(Winner.choose(TWO, Map.of("a", new Tally(200, 0), "b", new Tally(5000, 0))))
                .isEqualTo(new Choice("a", Basis.TOO_FEW));
        assertThat(Winner.choose(TWO, Map.of("a", new Tally(200, 0), "b", new Tally(5000, 1))))
                .isEqualTo(new Choice("b", Basis.LEADER));
    }

    @Test
    void theBestOfThreeMustBeatEachOfThemMoreCertainly() {
        assertThat(Winner.needed(TWO)).isCloseTo(0.95, within(1e-12));
        assertThat(Winner.needed(THREE)).isCloseTo(1 - 0.05 / 3, within(1e-12));
        Tally worst = new Tally(1000, 100);
        assertThat(Winner.choose(THREE, Map.of("a", new Tally(1000, 160), "b", new Tally(1000, 200), "c", worst)))
                .as("98.0 percent are too few now").isEqualTo(new Choice("b", Basis.LEADER));
        assertThat(Winner.choose(THREE, Map.of("a", new Tally(1000, 150), "b", new Tally(1000, 200), "c", worst)))
                .isEqualTo(new Choice("b", Basis.SIGNIFICANT));
    }

    @Test
    void anAutomatedCampaignWaitsForACertainDifference() {
        var first = new Look(1, START);
        assertThat(Winner.significant(TWO, Map.of("a", new Tally(200, 20), "b", new Tally(200, 12)), first)).isEmpty();
        assertThat(Winner.significant(TWO, Map.of("a", new Tally(1000, 160), "b", new Tally(1000, 200)), first))
                .as("98.0 percent, of which the first look may take half the risk").contains(B_FOR_CERTAIN);
    }

    @Test
    void eachLookTakesItsShareOfTheRisk() {
        Map<String, Tally> close = Map.of("a", new Tally(1000, 160), "b", new Tally(1000, 200));
        assertThat(Winner.significant(TWO, close, new Look(2, START))).as("needs 99.2 percent").isEmpty();
        assertThat(Winner.needed(TWO, new Look(1, START))).isCloseTo(0.975, within(1e-12));
        double all = 0;
        for (int number = 1; number <= 1_000_000; number++) {
            all += 1 - Winner.needed(TWO, new Look(number, START));
        }
        assertThat(all).isBetween(0.04999, 0.05);
    }

    @ParameterizedTest(name = "after {0} minutes: look {1} at {2}")
    @CsvSource({"0, 0, 0", "239, 0, 0", "240, 1, 240", "479, 1, 240", "480, 2, 480", "959, 2, 480", "960, 3, 960",
        "525600, 12, 491520"})
    void looksAreDueTwiceAsLateEachTime(long passed, int number, long at) {
        Optional<Look> look = Look.last(TWO, START, START.plus(Duration.ofMinutes(passed)));
        assertThat(look).isEqualTo(number == 0 ? Optional.empty()
                : Optional.of(new Look(number, START.plus(Duration.ofMinutes(at)))));
    }

    @Test
    void aTrialWithoutATimeIsLookedAtAfterAMinute() {
        var trial = new Trial(TWO.shares(), Trial.By.CLICKS, Duration.ZERO, 1, 0.95);
        assertThat(Look.last(trial, START, START.plusSeconds(59))).isEmpty();
        assertThat(Look.last(trial, START, START.plusSeconds(60))).contains(new Look(1, START.plusSeconds(60)));
    }

    /** Two texts that do equally well, looked at from the first day for three years. */
    @Test
    void ofTextsThatDoEquallyWellOneWinsNoMoreOftenThanTheRiskSays() {
        var random = new SplittableRandom(4);
        int wins = 0;
        for (int campaign = 0; campaign < 2_000; campaign++) {
            long[] did = new long[2];
            boolean won = false;
            long sent = 0;
            for (int number = 1; number <= 10; number++) {
                for (long end = 100L << number; sent < end; sent++) {
                    did[0] += random.nextInt(5) == 0 ? 1 : 0;
                    did[1] += random.nextInt(5) == 0 ? 1 : 0;
                }
                won |= Winner.significant(TWO, Map.of("a", new Tally(sent, did[0]), "b", new Tally(sent, did[1])),
                        new Look(number, START)).isPresent();
            }
            wins += won ? 1 : 0;
        }
        assertThat(wins / 2_000.0).isBetween(0.005, 0.05);
    }

    private static Trial trial(Map<String, Integer> shares) {
        return new Trial(new TreeMap<>(shares), Trial.By.CLICKS, Duration.ofHours(4), 100, 0.95);
    }
}
