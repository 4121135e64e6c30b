package io.countersign.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.customer.Change.Link;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.customer.LinkOutcomes.Case;
import io.countersign.domain.subscription.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every link of a message, at every status, with opt-in on and off, whether the contact is still held or not. */
class LinkStepsTest {
    private static final List<String> STATUSES = List.of("N", "R", "S", "U");

    static Stream<Case> cases() {
        var cases = new ArrayList<Case>();
        for (Link link : Link.values()) {
            for (String status : STATUSES) {
                for (String node : List.of("email", "news")) {
                    for (boolean optIn : new boolean[] {true, false}) {
                        cases.add(new Case(link, tree(status), node, optIn, true));
                        cases.add(new Case(link, tree(status), node, optIn, false));
                    }
                }
            }
        }
        return cases.stream();
    }

    private static String tree(String status) {
        return status.equals("N") ? "" : "email=" + status;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # link       | node  | N      | R              | S       | U
            TICKET       | email |        | email=S        | email=S | email=U
            TICKET       | news  |        | email=R news=S | email=S | email=U
            CONFIRMATION | email |        | email=S        | email=S | email=U
            CONFIRMATION | news  | news=S | email=R news=S | email=S | email=U
            """)
    void aConfirmingLinkOfAHeldContact(Link link, String node, String none, String awaits, String subscribed,
                                       String left) { // CF1; rows of the ticket and of the confirmation links
        assertThat(after(link, node, true)).containsExactly(none == null ? "" : none, awaits, subscribed, left);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # node | N | R       | S       | U
            email  |   | email=R | email=S | email=U
            news   |   | email=R | email=S | email=U
            """)
    void aTicketChangesNoSubscriptionWithOptInOff(String node, String none, String awaits, String subscribed,
                                                  String left) { // the third kind of link, design section 1
        assertThat(after(Link.TICKET, node, false)).containsExactly(none == null ? "" : none, awaits, subscribed,
                left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "news"})
    void aConfirmationLinkDoesNotAskWhetherOptInIsOn(String node) {
        assertThat(after(Link.CONFIRMATION, node, false)).isEqualTo(after(Link.CONFIRMATION, node, true));
    }

    private static List<String> after(Link link, String node, boolean optIn) {
        return STATUSES.stream().map(status -> Trees.text(LinkOutcomes.follow(
                new Case(link, tree(status), node, optIn, true)).tree())).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void onlyTheTicketProvesTheContact(Case of) {
        String before = of.held() ? "P a" : "P b";
        assertThat(LinkOutcomes.follow(of).contact())
                .isEqualTo(of.link() == Link.TICKET && of.held() ? "C a" : before);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatConfirmsDoesNothingForAContactThatIsNoLongerHeld(Case of) { // CF11
        boolean leaves = of.link() == Link.UNSUBSCRIBE || of.link() == Link.MAIL_CLIENT;
        if (!of.held() && !leaves) {
            assertThat(LinkOutcomes.follow(of).tree()).isEqualTo(Trees.tree(of.tree()));
            assertThat(LinkOutcomes.again(of).answer()).contains(new ChallengeAnswer.Gone());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whoLeavesHasLeft(Case of) { // TR7, CP8: a mail client leaves the channel, whatever its link is about
        if (of.link() == Link.UNSUBSCRIBE || of.link() == Link.MAIL_CLIENT) {
            var tree = LinkOutcomes.follow(of).tree();
            assertThat(Trees.letter(tree.effective(Trees.node("news")))).isEqualTo("U");
            boolean topicOnly = of.link() == Link.UNSUBSCRIBE && of.node().equals("news");
            assertThat(tree.effective(Trees.node("email"))).isEqualTo(topicOnly
                    ? Trees.tree(of.tree()).effective(Trees.node("email")) : Trees.status("U"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSecondTimeDoesNothingMore(Case of) {
        assertThat(LinkOutcomes.again(of).effects()).isEmpty();
        assertThat(LinkOutcomes.follow(of, 2)).isEqualTo(LinkOutcomes.follow(of));
    }
}
