package io.countersign.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The variant of a customer, and what a trial may be. */
class SplitTest {
    private static final int CUSTOMERS = 50_000;

    /** Computed apart from this code: a place never changes, or a customer would change sides. */
    @ParameterizedTest
    @CsvSource({
        "1, 0198b0de-7c00-7000-8000-000000000000, 66",
        "1, 0198b0de-7c00-7000-8000-000000000001, 94",
        "7, 0198b0de-7c00-7abc-bfff-ffffffffffff, 49",
        "2147483647, 0198b0de-7c00-7abc-9234-56789abcdef0, 65"
    })
    void aPlaceIsForEver(int campaign, UUID customer, int place) {
        assertThat(Split.place(campaign, customer)).isEqualTo(place);
    }

    @Test
    void sharesAreKeptAndWhatIsLeftIsTheRest() {
        Trial trial = trial(Map.of("a", 10, "b", 25, "d", 5));
        var found = new TreeMap<String, Integer>();
        var random = new SplittableRandom(11);
        for (int i = 0; i < CUSTOMERS; i++) {
            found.merge(Split.variant(trial, 3, customer(random)).orElse("rest"), 1, Integer::sum);
        }
        assertThat(found.keySet()).containsExactly("a", "b", "d", "rest");
        assertThat(found.get("a") / (double) CUSTOMERS).isCloseTo(0.10, within(0.01));
        assertThat(found.get("b") / (double) CUSTOMERS).isCloseTo(0.25, within(0.01));
        assertThat(found.get("d") / (double) CUSTOMERS).isCloseTo(0.05, within(0.01));
        assertThat(trial.rest()).isEqualTo(60);
    }

    @Test
    void theVariantInOneCampaignTellsNothingAboutAnother() {
        Trial half = trial(Map.of("a", 50, "b", 50));
        var random = new SplittableRandom(12);
        int both = 0;
        for (int i = 0; i < CUSTOMERS; i++) {
            UUID customer = customer(random);
            both += Split.variant(half, 8, customer).equals(Optional.of("a"))
                    && Split.variant(half, 9, customer).equals(Optional.of("a")) ? 1 : 0;
        }
        assertThat(both / (double) CUSTOMERS).isCloseTo(0.25, within(0.01));
    }

    @Test
    void aTrialHasTwoToEightNamedSharesOfAtMostTheWhole() {
        assertThatThrownBy(() -> trial(Map.of("a", 50))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> trial(Map.of("a", 50, "b", 51))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> trial(Map.of("a", 50, "i", 10))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> trial(Map.of("a", 50, "b", 0))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Trial trial(Map<String, Integer> shares) {
        return new Trial(new TreeMap<>(shares), Trial.By.CLICKS, Duration.ofHours(4), 100, 0.95);
    }

    private static UUID customer(SplittableRandom random) {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
