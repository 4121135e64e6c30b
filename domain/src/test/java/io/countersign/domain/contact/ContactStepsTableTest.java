package io.countersign.domain.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What being claimed, lost, given up, proven or doubted does to every shape of the slots. */
class ContactStepsTableTest {
    private static final Instant LATER = SlotsText.SINCE.plusSeconds(3600);
    private static final Instant EARLIER = SlotsText.SINCE.minusSeconds(3600);

    @ParameterizedTest(name = "claim on {0}")
    @CsvSource(delimiter = '|', textBlock = """
            # before      | a           | b           | c
            -             | np a        | np b        | np c
            ND a          | ND a        | ND a + np b | ND a + np c
            P a           | P a         | P a + np b  | P a + np c
            C a           | C a         | C a + np b  | C a + np c
            np b          | np a        | np b        | np c
            ND a + np b   | ND a + np b | ND a + np b | ND a + np c
            P a + np b    | P a + np b  | P a + np b  | P a + np c
            C a + np b    | C a + np b  | C a + np b  | C a + np c
            """)
    void aClaimWaitsInTheNonPrimarySlot(String before, String a, String b, String c) { // T1 row 1, CU1, CU10
        assertThat(List.of("a", "b", "c")).extracting(value ->
                SlotsText.format(ContactRules.claim(SlotsText.parse(before), value)))
                        .containsExactly(a, b, c);
    }

    @ParameterizedTest(name = "{0} loses its primary contact")
    @CsvSource(delimiter = '|', textBlock = """
            # before      | demoted | given up
            -             | -       | -
            ND a          | np a    | -
            P a           | np a    | -
            C a           | np a    | -
            np b          | np b    | np b
            ND a + np b   | np a    | np b
            P a + np b    | np a    | np b
            C a + np b    | np a    | np b
            """)
    void aLostContactStaysAsNonPrimaryOrGoes(String before, String demoted, String givenUp) { // CU2, CU8
        assertThat(SlotsText.format(ContactRules.demote(SlotsText.parse(before)))).isEqualTo(demoted);
        assertThat(SlotsText.format(ContactRules.giveUp(SlotsText.parse(before)))).isEqualTo(givenUp);
    }

    @ParameterizedTest(name = "{0} is proven")
    @CsvSource(delimiter = '|', textBlock = """
            # before      | a proven    | b proven    | c proven
            -             | -           | -           | -
            ND a          | C a         | ND a        | ND a
            P a           | C a         | P a         | P a
            C a           | C a         | C a         | C a
            np b          | np b        | C b         | np b
            ND a + np b   | C a + np b  | C b         | ND a + np b
            P a + np b    | C a + np b  | C b         | P a + np b
            C a + np b    | C a + np b  | C b         | C a + np b
            """)
    // CF9, CF10, CF11
    void aProofMakesAHeldValueTheConfirmedPrimary(String before, String a, String b, String c) {
        assertThat(List.of("a", "b", "c")).extracting(value ->
                SlotsText.format(ContactRules.confirm(SlotsText.parse(before), value, LATER)))
                        .containsExactly(a, b, c);
    }

    @ParameterizedTest(name = "the proof of {0} is withdrawn")
    @CsvSource(delimiter = '|', textBlock = """
            -             | -
            ND a          | ND a
            P a           | P a
            C a           | P a
            np b          | np b
            ND a + np b   | ND a + np b
            P a + np b    | P a + np b
            C a + np b    | P a + np b
            """)
    // S3 verified:false; design section 1
    void aWithdrawnProofLeavesThePrimaryPending(String before, String after) {
        assertThat(SlotsText.format(ContactRules.unverify(SlotsText.parse(before)))).isEqualTo(after);
    }

    @Test
    void theEarliestProofIsKept() { // S3: the earliest verification timestamp is always preserved
        Slots confirmed = SlotsText.parse("C a + np b");
        assertThat(ContactRules.confirm(confirmed, "a", LATER)).isEqualTo(confirmed);
        assertThat(ContactRules.confirm(confirmed, "a", EARLIER).asPrimary())
                .hasValueSatisfying(
                        primary -> assertThat(primary.proof()).isEqualTo(new Proof.Confirmed(EARLIER)));
    }

    @Test
    void anotherValueBringsItsOwnProof() { // CF9
        assertThat(ContactRules.confirm(SlotsText.parse("C a + np b"), "b", LATER))
                .isEqualTo(new Slots.Primary("b", new Proof.Confirmed(LATER)));
    }

    @ParameterizedTest(name = "kind of a confirmation on {0}")
    @CsvSource(delimiter = '|', textBlock = """
            # before      | a           | b
            ND a          | FIRST       |
            P a           | FIRST       |
            C a           | REPEAT      |
            np b          |             | FIRST
            ND a + np b   | FIRST       | FIRST
            P a + np b    | FIRST       | FIRST
            C a + np b    | REPEAT      | REPLACEMENT
            """)
    // CA2, D5
    void theKindTellsFlowsWhatTheConfirmationWas(String before, ConfirmationKind a, ConfirmationKind b) {
        if (a != null) {
            assertThat(ConfirmationKind.of(SlotsText.parse(before), "a")).isEqualTo(a);
        }
        if (b != null) {
            assertThat(ConfirmationKind.of(SlotsText.parse(before), "b")).isEqualTo(b);
        }
    }

    @Test
    void oneValueNeverFillsBothSlots() { // DM4
        var primary = new Slots.Primary("a", Proof.PENDING);
        assertThatThrownBy(() -> new Slots.Both(primary, "a")).isInstanceOf(IllegalArgumentException.class);
    }
}
