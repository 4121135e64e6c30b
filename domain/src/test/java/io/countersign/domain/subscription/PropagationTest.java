package io.countersign.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.subscription.SubscriptionOutcome.Moved;
import io.countersign.domain.subscription.SubscriptionOutcome.Refused;
import io.countersign.domain.subscription.SubscriptionRules.Switches;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a change at one node does to the explicit values of the others: TR1 to TR11 of {@code spec/maestra.md}
 * 3.2.
 */
class PropagationTest {
    private static final Set<Channel> EMAIL = EnumSet.of(Channel.EMAIL);

    @ParameterizedTest(name = "{0} {1} {2} on [{3}]")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # way                | to | node  | explicit before          | explicit after       | source
            EDIT                 | U  | email | email=S news=S           | email=U              | TR4
            EDIT                 | S  | email | email=U news=S vip=U     | email=S              | TR4
            IMPORT_OPERATION     | S  | email | news=U                   | email=S              | TR4
            APPEND               | S  | email | email=U news=S           | email=R              | TR4
            REGISTER_OR_APPEND   | S  | email | news=S sms=U             | email=R sms=U        | TR4
            REGISTER             | S  | email | email=U news=S vip=U     | email=R news=S vip=U | D1: merged
            CREATE_AND_SUBSCRIBE | S  | news  | email=U                  | email=U news=R       | D1: merged
            FILE_IMPORT          | U  | email | email=S news=S           | email=U news=S       | TR5, D3
            FILE_EDIT            | S  | email | news=U                   | email=S news=U       | TR5, D3
            FILE_EDIT            | R  | email | email=U news=U           | email=R news=U       | TR5, D3
            FLOW                 | U  | email | email=S news=S           | email=U news=S       | TR5, D3
            FLOW                 | R  | email | news=S                   | email=R news=S       | TR5, D3
            MANUAL               | U  | email | email=S news=S           | email=U news=S       | TR6
            MANUAL               | S  | email | news=U                   | email=S news=U       | TR6
            UNSUBSCRIBE_LINK     | U  | email | email=S news=S vip=R     | email=U              | TR7
            MAIL_CLIENT          | U  | email | email=S news=S           | email=U              | TR7
            COMPLAINT            | U  | email | news=S                   | email=U              | TR7
            UNSUBSCRIBE_LINK     | U  | news  | email=S                  | email=S news=U       | 3.1
            PREFERENCE_PAGE      | U  | email | email=S news=S vip=U     | email=U              | UP4
            PREFERENCE_PAGE      | S  | news  | email=U                  | email=U news=S       | TR2, UP5
            SMS_REPLY            | U  | sms   | email=S sms=S sms-news=S | email=S sms=U        | as TR7
            FORM                 | S  | email | news=U                   | email=S news=U       | design 1
            LOOPS_API            | U  | email | email=S news=S           | email=U news=S       | design 1
            CLIENT_API           | U  | email | email=S news=S           | email=U news=S       | design 1
            TICKET               | S  | email | email=R news=R vip=U     | email=S news=R vip=U | S1
            TICKET               | S  | news  | email=R                  | email=R news=S       | TR2
            SMS_CODE             | S  | sms   | email=R sms=R            | email=R sms=S        | 3.1
            POLL                 | S  | email | news=U                   | email=R news=U       | (c)
            FILE_CAMPAIGN        | S  | news  | -                        | news=S               | 3.1
            EDIT                 | S  | email | -                        | email=S              | TR2
            EDIT                 | U  | brand | email=S news=S sms=R     | brand=U              | TR3, TR4
            UNSUBSCRIBE_LINK     | U  | brand | email=S news=S sms=R     | brand=U              | TR11, button
            PREFERENCE_PAGE      | U  | brand | email=S sms=S            | brand=U              | TR11, button
            MANUAL               | U  | brand | email=S                  | brand=U email=S      | TR11, TR6
            FILE_EDIT            | U  | brand | sms=S                    | brand=U sms=S        | TR11, TR5
            """)
    void explicitValuesAfter(Way way, String to, String node, String before, String after, String source) {
        SubscriptionTree tree = Trees.tree(before == null ? "" : before);
        var outcome = SubscriptionRules.decide(tree, Trees.node(node), way, instruction(to),
                new Switches(EMAIL, false));
        assertThat(outcome).as(source).isInstanceOfSatisfying(Moved.class,
                moved -> assertThat(Trees.text(moved.tree())).as(source).isEqualTo(after));
    }

    private static Instruction instruction(String to) {
        return switch (to) {
            case "S" -> Instruction.SUBSCRIBE;
            case "U" -> Instruction.UNSUBSCRIBE;
            default -> Instruction.AWAIT_CONFIRMATION;
        };
    }

    @ParameterizedTest(name = "[{0}] {1} is {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -               | news  | N
            brand=S         | email | S
            brand=S         | news  | S
            brand=U         | sms-news | U
            brand=S email=U | email | U
            brand=S email=U | news  | U
            brand=S email=U | sms   | S
            email=S         | brand | N
            email=S news=U  | news  | U
            email=S news=U  | vip   | S
            """)
    void aNodeHasItsOwnValueElseItsParents(String explicit, String node, String effective) { // TR1, TR2, TR3
        SubscriptionTree tree = Trees.tree(explicit == null ? "" : explicit);
        assertThat(Trees.letter(tree.effective(Trees.node(node)))).isEqualTo(effective);
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"APPEND", "REGISTER_OR_APPEND", "EDIT", "IMPORT_OPERATION",
            "REGISTER",
        "CREATE_AND_SUBSCRIBE"})
    void subscribingAnExplicitlySubscribedChannelChangesNothing(Way way) { // TR4, exception; D2
        SubscriptionTree before = Trees.tree("email=S news=U vip=R");
        assertUnchanged(before, "email", way, new Switches(Set.of(), false));
        assertUnchanged(before, "email", way, new Switches(EMAIL, true));
        assertUnchanged(Trees.tree("brand=S sms=U"), "brand", way, new Switches(Set.of(), false)); // TR3
        assertUnchanged(Trees.tree("brand=S sms=U"), "brand", way, new Switches(EMAIL, true));
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"APPEND", "REGISTER_OR_APPEND", "EDIT", "IMPORT_OPERATION"})
    void theExceptionIsForExplicitValuesOnly(Way way) { // TR4
        var outcome = SubscriptionRules.decide(Trees.tree("brand=S news=U"), Trees.node("email"), way,
                Instruction.SUBSCRIBE, new Switches(Set.of(), false));
        assertThat(outcome).isInstanceOfSatisfying(Moved.class,
                moved -> assertThat(Trees.text(moved.tree())).isEqualTo("brand=S email=S"));
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"REGISTER", "CREATE_AND_SUBSCRIBE", "APPEND",
            "REGISTER_OR_APPEND", "POLL"})
    void subscribingTheBrandAsksForAConfirmationWhereOptInIsOn(Way way) { // TR10
        SubscriptionTree after = moved(SubscriptionTree.EMPTY, "brand", way, new Switches(EMAIL, false));
        assertThat(Trees.letter(after.effective(Trees.node("brand")))).isEqualTo("S");
        assertThat(Trees.letter(after.effective(Trees.node("email")))).isEqualTo("R");
        assertThat(Trees.letter(after.effective(Trees.node("news")))).isEqualTo("R");
        assertThat(Trees.letter(after.effective(Trees.node("sms")))).isEqualTo("S");
        assertThat(Trees.text(after)).isEqualTo("brand=S");
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"TICKET", "CONFIRMATION_LINK"})
    void anImplicitRequestIsConfirmedExplicitly(Way way) { // D9, TR10
        SubscriptionTree waiting = moved(SubscriptionTree.EMPTY, "brand", Way.REGISTER,
        new Switches(EMAIL, false));
        SubscriptionTree after = moved(waiting, "email", way, new Switches(EMAIL, false));
        assertThat(Trees.text(after)).isEqualTo("brand=S email=S");
        assertThat(Trees.letter(after.effective(Trees.node("news")))).isEqualTo("S");
    }

    /**
     * Source 001: subscribing to the email channel is not available inside flows; the brand would reach it.
     */
    @Test
    void aFlowCannotSubscribeTheBrand() {
        for (Set<Channel> optIn : Set.of(Set.<Channel>of(), EMAIL)) {
            assertThat(SubscriptionRules.decide(SubscriptionTree.EMPTY, Node.BRAND, Way.FLOW,
                    Instruction.SUBSCRIBE,
                    new Switches(optIn, false))).isInstanceOf(Refused.class);
        }
    }

    @Test
    void aBrandThatLeavesItsRequestForgetsIt() { // TR10: the mark belongs to a Subscribed brand node only
        SubscriptionTree waiting = moved(SubscriptionTree.EMPTY, "brand", Way.APPEND,
        new Switches(EMAIL, false));
        SubscriptionTree left = moved(waiting, "brand", Way.UNSUBSCRIBE_LINK, new Switches(EMAIL, false));
        assertThat(left).isEqualTo(Trees.tree("brand=U"));
        assertThat(Trees.letter(left.effective(Trees.node("email")))).isEqualTo("U");
    }

    private static SubscriptionTree moved(SubscriptionTree before, String node, Way way, Switches switches) {
        Instruction instruction = way == Way.UNSUBSCRIBE_LINK ? Instruction.UNSUBSCRIBE
                : Instruction.SUBSCRIBE;
        return switch (SubscriptionRules.decide(before, Trees.node(node), way, instruction, switches)) {
            case Moved(SubscriptionTree tree, _) -> tree;
            case SubscriptionOutcome.Unchanged _, Refused _ -> throw new AssertionError(way
                    + " changed nothing");
        };
    }

    private static void assertUnchanged(SubscriptionTree before, String node, Way way, Switches switches) {
        assertThat(SubscriptionRules.decide(before, Trees.node(node), way, Instruction.SUBSCRIBE, switches))
                .as("%s %s", way, switches).isInstanceOf(SubscriptionOutcome.Unchanged.class);
    }
}
