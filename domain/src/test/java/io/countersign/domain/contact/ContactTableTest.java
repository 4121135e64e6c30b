package io.countersign.domain.contact;

import static io.countersign.domain.contact.ContactRoute.CREATE_AND_SUBSCRIBE;
import static io.countersign.domain.contact.ContactRoute.MANUAL;
import static io.countersign.domain.contact.ContactRoute.MANUAL_NEW;
import static io.countersign.domain.contact.ContactRoute.NOT_VERIFYING;
import static io.countersign.domain.contact.ContactRoute.VERIFYING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tables T1, T2 and T3 of {@code spec/maestra.md} 2.2: every shape of the slots, every route, and a value
 * that is the primary one (a), the non-primary one (b) or another (c). Rows marked "c" are not in source 000:
 * there the specification, or the nearest row, decides.
 */
class ContactTableTest {
    @ParameterizedTest(name = "T1 {0}")
    @CsvSource(delimiter = '|', textBlock = """
            # before      | a comes in  | b comes in  | c comes in | source
            -             | P a         | P b         | P c        | S0 T1 row 1: filled in
            ND a          | P a         | P b         | P c        | S0 T1 rows 3, 4: edited or only passed
            P a           | P a         | P b         | P c        | S0 T1 row 2, T1 P V1 same (c)
            C a           | C a         | C a + np b  | C a + np c | S0 T1 row 5, T1 C V1 same (c)
            np b          | P a         | P b         | P c        | T1 np V1 only (c)
            ND a + np b   | P a + np b  | P b         | P c + np b | S0 T1 rows 3, 4, the claim waits on (c)
            P a + np b    | P a + np b  | P b         | P c + np b | S0 T1 row 2, the claim waits on (c)
            C a + np b    | C a + np b  | C a + np b  | C a + np c | T1 C V1 + np V2 with V1, V2, V3 (c)
            """)
    void throughAnIntegrationThatVerifies(String before, String a, String b, String c, String source) {
        check(before, VERIFYING, List.of(a, b, c), source);
    }

    @ParameterizedTest(name = "T2 {0}")
    @CsvSource(delimiter = '|', textBlock = """
            # before      | a comes in  | b comes in  | c comes in | source
            -             | ND a        | ND b        | ND c       | S0 T2 row 1: filled in
            ND a          | ND a        | ND b        | ND c       | S0 T2 row 2: any contact edited
            P a           | P a         | ND b        | ND c       | S0 T2 rows 2 and 3
            C a           | C a         | ND b        | ND c       | S0 T2 rows 2, 3: even a proven one goes
            np b          | ND a        | ND b        | ND c       | S0 T2 row 2
            ND a + np b   | ND a + np b | ND b        | ND c       | T2 C V1 + np V2 (c)
            P a + np b    | P a + np b  | ND b        | ND c       | T2 C V1 + np V2 (c)
            C a + np b    | C a + np b  | ND b        | ND c       | T2 C V1 + np V2 with V1, V2, V3 (c)
            """)
    void throughAnIntegrationThatDoesNotVerify(String before, String a, String b, String c, String source) {
        check(before, NOT_VERIFYING, List.of(a, b, c), source);
    }

    @ParameterizedTest(name = "create and subscribe {0}")
    @CsvSource(delimiter = '|', textBlock = """
            # before      | a comes in  | b comes in  | c comes in | source
            -             | ND a        | ND b        | ND c       | S0 exception: no confirmation data
            ND a          | ND a        | ND b        | ND c       | as T2 on a card that exists (c)
            P a           | P a         | ND b        | ND c       | as T2 (c)
            C a           | C a         | ND b        | ND c       | as T2 (c)
            np b          | ND a        | ND b        | ND c       | as T2 (c)
            ND a + np b   | ND a + np b | ND b        | ND c       | as T2 (c)
            P a + np b    | P a + np b  | ND b        | ND c       | as T2 (c)
            C a + np b    | C a + np b  | ND b        | ND c       | as T2 (c)
            """)
    void throughCreateAndSubscribe(String before, String a, String b, String c, String source) {
        check(before, CREATE_AND_SUBSCRIBE, List.of(a, b, c), source);
    }

    @ParameterizedTest(name = "T3 {0}")
    @CsvSource(delimiter = '|', textBlock = """
            # before      | a comes in  | b comes in  | c comes in | source
            -             | ND a        | ND b        | ND c       | S0 T3 row 2: filled in
            ND a          | ND a        | ND b        | ND c       | S0 T3 row 3
            P a           | P a         | P b         | P c        | S0 T3 row 4
            C a           | C a         | C a + np b  | C a + np c | S0 T3 row 5
            np b          | ND a        | ND b        | ND c       | S0 T3 row 2, the primary slot (c)
            ND a + np b   | ND a + np b | ND b        | ND c + np b| S0 T3 row 3, the claim waits on (c)
            P a + np b    | P a + np b  | P b         | P c + np b | S0 T3 row 4, the claim waits on (c)
            C a + np b    | C a + np b  | C a + np b  | C a + np c | T3 C V1 + np V2 with V3 (c)
            """)
    void byHandOnACustomerWhoExists(String before, String a, String b, String c, String source) {
        check(before, MANUAL, List.of(a, b, c), source);
    }

    @Test
    void byHandWhileCreatingTheCustomerTheContactIsPending() {
        check("-", MANUAL_NEW, List.of("P a", "P b", "P c"), "S0 T3 row 1");
    }

    /** A customer who is being created has at most what the same command gave before. */
    @ParameterizedTest(name = "T3, new {0}")
    @CsvSource(delimiter = '|', textBlock = """
            ND a          | ND a        | P b         | P c        | S0 T3 row 1
            P a           | P a         | P b         | P c        | S0 T3 row 1
            np b          | P a         | P b         | P c        | S0 T3 row 1
            """)
    void givenTwiceWhileCreatingTheLastOneStays(String before, String a, String b, String c, String source) {
        check(before, MANUAL_NEW, List.of(a, b, c), source);
    }

    @Test
    void everyShapeOfTheSlotsIsInTheTables() {
        var shapes = new ArrayList<String>();
        for (String proof : List.of("ND", "P", "C")) {
            shapes.add(proof + " a");
            shapes.add(proof + " a + np b");
        }
        assertThat(SlotsText.SHAPES).containsAll(shapes).contains("-", "np b").hasSize(shapes.size() + 2);
        assertThat(SlotsText.SHAPES).allSatisfy(shape ->
                assertThat(SlotsText.format(SlotsText.parse(shape))).isEqualTo(shape));
        assertThat(Slots.class.getPermittedSubclasses()).hasSize(4);
    }

    private static void check(String before, ContactRoute route, List<String> expected, String source) {
        var values = List.of("a", "b", "c");
        for (int i = 0; i < values.size(); i++) {
            Slots after = ContactRules.fill(SlotsText.parse(before), values.get(i), route);
            assertThat(SlotsText.format(after)).as("%s, %s, %s comes in: %s", route, before, values.get(i),
                    source)
                    .isEqualTo(expected.get(i));
        }
    }
}
