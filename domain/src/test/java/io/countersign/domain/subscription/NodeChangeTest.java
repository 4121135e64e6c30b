package io.countersign.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What history is written of (explicit changes) and what flows start on (effective ones): FL1 to FL3, TR9,
 * IM2.
 */
class NodeChangeTest {
    @Test
    void aChannelThatBecomesRequestedTakesItsTopicsWithIt() { // FL1: became RC, even implicitly
        var changes = between("", "email=R");
        assertThat(changes).extracting(NodeChange::node).containsExactly(Trees.node("email"),
                Trees.node("news"),
                Trees.node("vip"));
        assertThat(changes).allMatch(NodeChange::isEffective);
        assertThat(changes).filteredOn(NodeChange::isExplicit).extracting(NodeChange::node)
                .containsExactly(Trees.node("email"));
    }

    @Test
    void anImplicitValueThatBecomesExplicitStartsNoFlow() { // FL2, TR9
        var changes = between("email=R", "email=R news=R");
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.node()).isEqualTo(Trees.node("news"));
            assertThat(change.isEffective()).isFalse();
            assertThat(change.isExplicit()).isTrue();
            assertThat(change.explicitBefore()).isEqualTo(SubscriptionStatus.NO_DATA);
        });
    }

    @Test
    void returningToARequestStartsAFlow() { // FL1: status returned to RC
        assertThat(between("email=U", "email=R")).filteredOn(NodeChange::isEffective)
                .extracting(NodeChange::node).contains(Trees.node("email"));
    }

    @Test
    void nothingChangesBetweenTwoEqualTrees() { // FL3
        assertThat(between("email=R news=S", "email=R news=S")).isEmpty();
    }

    @Test
    void aWipedValueIsAChangeEvenWhenTheValueThatCountsStays() { // TR4
        assertThat(between("email=U news=U", "email=U")).singleElement().satisfies(change -> {
            assertThat(change.isEffective()).isFalse();
            assertThat(change.explicitAfter()).isEqualTo(SubscriptionStatus.NO_DATA);
        });
    }

    @Test
    void aTopicThatIsGoneStillCounts() {
        var changes = NodeChange.between(Trees.tree("news=S"), Trees.tree("news=U"), Set.of());
        assertThat(changes).extracting(NodeChange::node).containsExactly(Trees.node("news"));
    }

    @Test
    void aBrandNodeReachesEveryChannel() { // TR3
        assertThat(between("", "brand=U")).extracting(NodeChange::node).hasSize(1 + Channel.values()
        .length * 3)
                .startsWith(Node.BRAND);
    }

    private static List<NodeChange> between(String before, String after) {
        return NodeChange.between(Trees.tree(before), Trees.tree(after), Set.of(Trees.NEWS, Trees.VIP));
    }
}
