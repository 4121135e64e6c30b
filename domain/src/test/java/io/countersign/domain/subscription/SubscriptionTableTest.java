package io.countersign.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.subscription.SubscriptionOutcome.Moved;
import io.countersign.domain.subscription.SubscriptionOutcome.Refused;
import io.countersign.domain.subscription.SubscriptionOutcome.Unchanged;
import io.countersign.domain.subscription.SubscriptionRules.Switches;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Table 3.1 of {@code spec/maestra.md}: what a node that was No data, Requires confirmation, Subscribed or
 * Unsubscribed is after each way and instruction; N, R, S, U in this order, x for "not accepted". The same
 * letters hold for a channel and for a topic, and whether the value before was explicit or inherited (DM10),
 * but for the ways named below.
 */
class SubscriptionTableTest {
    /** Way, instruction, after with opt-in on, after with opt-in off, source. */
    static final String TABLE = """
            REGISTER             SUBSCRIBE           RRSR SSSS  S1 any to RC; D1: Subscribed stays; OFF2
            CREATE_AND_SUBSCRIBE SUBSCRIBE           RRSR SSSS  S1 Create and subscribe: merge rules; D1; OFF2
            APPEND               SUBSCRIBE           RRRR SSSS  S1 Append: any status to RC (D2); OFF2
            REGISTER_OR_APPEND   SUBSCRIBE           RRRR SSSS  S1 any status to RC (D2); OFF2
            REGISTER             UNSUBSCRIBE         xxxx xxxx  S1 you can't pass an unsubscribe here
            CREATE_AND_SUBSCRIBE UNSUBSCRIBE         xxxx xxxx  S1 (only brand, channel, topic)
            APPEND               UNSUBSCRIBE         xxxx xxxx  S1 you can't pass an unsubscribe here
            REGISTER_OR_APPEND   UNSUBSCRIBE         xxxx xxxx  S1 you can't pass an unsubscribe here
            REGISTER             AWAIT_CONFIRMATION  xxxx xxxx  S1 (only brand, channel, topic)
            CREATE_AND_SUBSCRIBE AWAIT_CONFIRMATION  xxxx xxxx  S1 (only brand, channel, topic)
            APPEND               AWAIT_CONFIRMATION  xxxx xxxx  S1 (only brand, channel, topic)
            REGISTER_OR_APPEND   AWAIT_CONFIRMATION  xxxx xxxx  S1 (only brand, channel, topic)
            IMPORT_OPERATION     SUBSCRIBE           SSSS SSSS  S1 Import: true
            IMPORT_OPERATION     UNSUBSCRIBE         UUUU UUUU  S1 Import: false
            IMPORT_OPERATION     AWAIT_CONFIRMATION  xxxx xxxx  S1 Import: true, false or no block
            EDIT                 SUBSCRIBE           SSSS SSSS  S1 Authorized - Edit: true
            EDIT                 UNSUBSCRIBE         UUUU UUUU  S1 Authorized - Edit: false
            EDIT                 AWAIT_CONFIRMATION  xxxx xxxx  S1 Authorized - Edit: true or false
            FILE_IMPORT          SUBSCRIBE           SSSS SSSS  S1 Customer import: true
            FILE_IMPORT          UNSUBSCRIBE         UUUU UUUU  S1 Customer import: false
            FILE_IMPORT          AWAIT_CONFIRMATION  RRRR RRRR  S1 Customer import: WaitingForConfirmation
            FILE_EDIT            SUBSCRIBE           SSSS SSSS  S1 Data edit import; OFF3
            FILE_EDIT            UNSUBSCRIBE         UUUU UUUU  S1 Data edit import
            FILE_EDIT            AWAIT_CONFIRMATION  RRRR RRRR  S1 Data edit import
            FLOW                 SUBSCRIBE           xxxx xxxx  S1 subscribing to email is not available
            FLOW                 UNSUBSCRIBE         UUUU UUUU  S1 Flow with unsubscribe
            FLOW                 AWAIT_CONFIRMATION  RRRR RRRR  S1 Flow requiring confirmation
            POLL                 SUBSCRIBE           RRSR SSSS  S1 Poll with subscription; OFF2 (c)
            POLL                 UNSUBSCRIBE         UUUU UUUU  S1 Poll with unsubscribe
            POLL                 AWAIT_CONFIRMATION  xxxx xxxx  S1 a poll subscribes or unsubscribes
            PREFERENCE_PAGE      SUBSCRIBE           SSSS SSSS  S1 ticked: any status to Subscribed; UP5
            PREFERENCE_PAGE      UNSUBSCRIBE         UUUU UUUU  S1 unticked or everything: Unsubscribed; UP4
            PREFERENCE_PAGE      AWAIT_CONFIRMATION  xxxx xxxx  S1 ticked or unticked
            MANUAL               SUBSCRIBE           SSSS SSSS  S1 customer card
            MANUAL               UNSUBSCRIBE         UUUU UUUU  S1 customer card
            MANUAL               AWAIT_CONFIRMATION  RRRR RRRR  S1 customer card
            TICKET               SUBSCRIBE           NSSU NRSU  S1 only RC; only while opt-in is on
            CONFIRMATION_LINK    SUBSCRIBE           NSSU NSSU  S1 the link confirms RC; others unchanged (c)
            SMS_CODE             SUBSCRIBE           NSSU NSSU  S0 confirm SMS subscription: RC only
            TICKET               UNSUBSCRIBE         xxxx xxxx  a confirmation carries no unsubscribe
            CONFIRMATION_LINK    UNSUBSCRIBE         xxxx xxxx  a confirmation carries no unsubscribe
            SMS_CODE             UNSUBSCRIBE         xxxx xxxx  a confirmation carries no unsubscribe
            TICKET               AWAIT_CONFIRMATION  xxxx xxxx  a confirmation asks for none
            CONFIRMATION_LINK    AWAIT_CONFIRMATION  xxxx xxxx  a confirmation asks for none
            SMS_CODE             AWAIT_CONFIRMATION  xxxx xxxx  a confirmation asks for none
            UNSUBSCRIBE_LINK     UNSUBSCRIBE         UUUU UUUU  3.1 unsubscribe confirmed
            UNSUBSCRIBE_LINK     SUBSCRIBE           xxxx xxxx  an unsubscribe link only unsubscribes
            UNSUBSCRIBE_LINK     AWAIT_CONFIRMATION  xxxx xxxx  an unsubscribe link only unsubscribes
            MAIL_CLIENT          UNSUBSCRIBE         UUUU UUUU  3.1 mail client: the channel; CP8
            MAIL_CLIENT          SUBSCRIBE           xxxx xxxx  a mail client only unsubscribes
            MAIL_CLIENT          AWAIT_CONFIRMATION  xxxx xxxx  a mail client only unsubscribes
            COMPLAINT            UNSUBSCRIBE         UUUU UUUU  3.1 spam complaint: the channel; CP8
            COMPLAINT            SUBSCRIBE           xxxx xxxx  a complaint only unsubscribes
            COMPLAINT            AWAIT_CONFIRMATION  xxxx xxxx  a complaint only unsubscribes
            FILE_CAMPAIGN        SUBSCRIBE           SRSU SRSU  3.1 bulk campaign to a file: No data only
            FILE_CAMPAIGN        UNSUBSCRIBE         xxxx xxxx  3.1 bulk campaign to a file only subscribes
            FILE_CAMPAIGN        AWAIT_CONFIRMATION  xxxx xxxx  3.1 bulk campaign to a file only subscribes
            SMS_REPLY            SUBSCRIBE           SSSS SSSS  START and its like: an act of the person
            SMS_REPLY            UNSUBSCRIBE         UUUU UUUU  STOP and its like: an act of the person
            SMS_REPLY            AWAIT_CONFIRMATION  xxxx xxxx  a reply subscribes or unsubscribes
            FORM                 SUBSCRIBE           SSSS SSSS  taken literally; see FormRules
            FORM                 UNSUBSCRIBE         UUUU UUUU  taken literally
            FORM                 AWAIT_CONFIRMATION  RRRR RRRR  taken literally
            LOOPS_API            SUBSCRIBE           SSSS SSSS  loops 3.3: a re-subscription by the team
            LOOPS_API            UNSUBSCRIBE         UUUU UUUU  loops 3.3
            LOOPS_API            AWAIT_CONFIRMATION  xxxx xxxx  loops 0.1: the API is not gated
            CLIENT_API           SUBSCRIBE           SSSS SSSS  taken literally
            CLIENT_API           UNSUBSCRIBE         UUUU UUUU  taken literally
            CLIENT_API           AWAIT_CONFIRMATION  xxxx xxxx  a client row is not gated
            """;

    /**
     * These act on another node than the one named, or by another rule for topics; they have tests of their
     * own.
     */
    private static final Set<Way> NOT_ALIKE_ON_TOPICS = EnumSet.of(Way.CONFIRMATION_LINK, Way.MAIL_CLIENT,
            Way.COMPLAINT);
    private static final String BEFORE = "NRSU";

    record Row(Way way, Instruction instruction, String optInOn, String optInOff, String source) {
        static Row parse(String line) {
            String[] cells = line.split(" +", 5);
            return new Row(Way.valueOf(cells[0]), Instruction.valueOf(cells[1]), cells[2], cells[3],
                    cells[4]);
        }
    }

    static Stream<Row> rows() {
        return TABLE.lines().map(Row::parse);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aChannelWithAValueOfItsOwn(Row row) {
        check(row, "email", "email=%s");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aChannelThatInheritsFromTheBrand(Row row) {
        check(row, "email", "brand=%s");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aTopicWithAValueOfItsOwn(Row row) {
        if (!NOT_ALIKE_ON_TOPICS.contains(row.way())) {
            check(row, "news", "news=%s");
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aTopicThatInheritsFromItsChannel(Row row) {
        if (!NOT_ALIKE_ON_TOPICS.contains(row.way())) {
            check(row, "news", "email=%s");
        }
    }

    /**
     * BR1: Email and SMS are switched separately; the SMS switch decides here, and the Email one does not.
     */
    @ParameterizedTest
    @MethodSource("rows")
    void anSmsChannel(Row row) {
        if (row.way() == Way.FLOW && row.instruction() == Instruction.SUBSCRIBE) {
            row = new Row(row.way(), row.instruction(), "xxxx", "SSSS",
                    "3.1 other channels: allowed; gated: not");
        }
        for (boolean keep : new boolean[] {false, true}) {
            check(row, kept(row, "sms", row.optInOn(), keep), "sms", "sms=%s",
                    new Switches(EnumSet.of(Channel.SMS), keep));
            check(row, row.optInOff(), "sms", "sms=%s", new Switches(EnumSet.of(Channel.EMAIL), keep));
        }
    }

    /**
     * The topic row of table 3.1, with design section 1: what the topic is after a topic link, channel by
     * topic.
     */
    @ParameterizedTest(name = "channel {0}")
    @CsvSource(delimiter = '|', textBlock = """
            # channel | topic N | topic R | topic S | topic U | source
            N         | S       | S       | S       | U       | 3.1: RC or No data; S1: U stays
            R         | S       | S       | S       | U       | 3.1: RC or No data; S1: U stays
            S         | S       | S       | S       | U       | design 1: also when the topic itself is in RC
            U         | U       | R       | S       | U       | 3.1: only while the channel is RC or No data
            """)
    void aTopicLinkConfirmsTheTopic(String channel, String none, String awaiting, String subscribed,
    String left) {
        var after = List.of(none, awaiting, subscribed, left);
        for (int i = 0; i < BEFORE.length(); i++) {
            SubscriptionTree before = before("email=" + channel + " news=" + BEFORE.charAt(i));
            for (Set<Channel> optIn : List.of(Set.<Channel>of(), Set.of(Channel.EMAIL))) {
                var outcome = SubscriptionRules.decide(before, Trees.node("news"), Way.CONFIRMATION_LINK,
                        Instruction.SUBSCRIBE, new Switches(optIn, false));
                SubscriptionTree tree = outcome instanceof Moved(SubscriptionTree moved, _) ? moved : before;
                assertThat(Trees.letter(tree.effective(Trees.node("news")))).as("%s", before)
                        .isEqualTo(after.get(i));
                assertThat(tree.explicit(Trees.node("email")))
                        .isEqualTo(before.explicit(Trees.node("email")));
            }
        }
    }

    /** CP8: from the mail client or by a complaint it always hits the channel. */
    @Test
    void mailClientAndComplaintUnsubscribeTheChannelOfATopic() {
        for (Way way : List.of(Way.MAIL_CLIENT, Way.COMPLAINT)) {
            var outcome = SubscriptionRules.decide(Trees.tree("email=S news=S"), Trees.node("news"), way,
                    Instruction.UNSUBSCRIBE, new Switches(Set.of(), false));
            assertThat(outcome).isEqualTo(new Moved(Trees.tree("email=U"), SubscriptionOutcome.Action.NONE));
        }
    }

    @Test
    void everyWayAndInstructionIsInTheTable() {
        var listed = new HashSet<List<Enum<?>>>();
        rows().forEach(row -> assertThat(listed.add(List.of(row.way(), row.instruction()))).isTrue());
        assertThat(listed).hasSize(Way.values().length * Instruction.values().length);
    }

    private static void check(Row row, String node, String before) {
        for (boolean keep : new boolean[] {false, true}) {
            check(row, kept(row, node, row.optInOn(), keep && before.startsWith(node)), node, before,
                    new Switches(EnumSet.of(Channel.EMAIL), keep));
            check(row, row.optInOff(), node, before, new Switches(Set.of(), keep));
        }
    }

    /** D2: with the project's switch an explicitly Subscribed channel stays so in operations. */
    private static String kept(Row row, String node, String after, boolean keep) {
        boolean channel = node.equals("email") || node.equals("sms");
        return keep && channel && row.way().isSubscribingOperation() && after.equals("RRRR") ? "RRSR" : after;
    }

    private static void check(Row row, String after, String node, String pattern, Switches switches) {
        for (int i = 0; i < BEFORE.length(); i++) {
            SubscriptionTree before = before(pattern.formatted(BEFORE.charAt(i)));
            var outcome = SubscriptionRules.decide(before, Trees.node(node), row.way(), row.instruction(),
                    switches);
            assertThat(letter(before, outcome, Trees.node(node)))
                    .as("%s at %s of [%s], %s: %s", row, node, Trees.text(before), switches, row.source())
                    .isEqualTo(after.substring(i, i + 1));
            if (outcome instanceof Moved(SubscriptionTree tree, _)) {
                assertThat(tree).isNotEqualTo(before);
            }
        }
    }

    private static String letter(SubscriptionTree before, SubscriptionOutcome outcome, Node node) {
        return switch (outcome) {
            case Moved(SubscriptionTree tree, _) -> Trees.letter(tree.effective(node));
            case Unchanged _ -> Trees.letter(before.effective(node));
            case Refused _ -> "x";
        };
    }

    private static SubscriptionTree before(String text) {
        var parts = new ArrayList<>(List.of(text.split(" ")));
        parts.removeIf(part -> part.endsWith("=N"));
        return Trees.tree(String.join(" ", parts));
    }
}
