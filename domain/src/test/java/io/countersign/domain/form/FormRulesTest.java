package io.countersign.domain.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.confirmation.Challenge.Asked;
import io.countersign.domain.confirmation.Challenge.Scope;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.domain.subscription.Trees;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code spec/loops.md} 3.2 and design section 1: what forms and the page's buttons do to one brand's tree.
 */
class FormRulesTest {
    @ParameterizedTest(name = "opt-in {0}: a form for news on [{1}]")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # opt-in | before         | after          | asks for        | optInStatus | source
            true     | -              | email=R        | CHANNEL news    | PENDING     | row 2
            true     | email=R        | email=R        | CHANNEL news    | PENDING     | row 8
            true     | email=U        | email=R        | CHANNEL news    | PENDING     | row 15
            true     | email=U news=S | email=R news=S | CHANNEL news    | PENDING     | row 15: never wipes
            true     | brand=U        | brand=U email=R| CHANNEL news    | PENDING     | row 15
            true     | email=S        | email=S news=S | -               | -           | row 14
            true     | brand=S        | brand=S news=S | -               | -           | row 14
            true     | email=S news=S | email=S news=S | -               | -           | row 14
            true     | email=S news=U | email=S news=U | TOPICS news     | -           | loops 1.2
            true     | email=S news=R | email=S news=R | TOPICS news     | -           | as a left topic
            true     | email=S vip=U  | email=S news=S vip=U | -         | -           | row 14
            false    | -              | email=S news=S | -               | -           | row 1
            false    | email=R        | email=S news=S | -               | -           | OFF2
            false    | email=S        | email=S news=S | -               | -           | row 14
            false    | email=S news=U | email=S news=U | -               | -           | loops 1.2
            false    | email=U        | email=U        | -               | -           | row 15, [D]
            false    | brand=U        | brand=U        | -               | -           | row 15, [D]
            """)
    void submit(boolean optIn, String before, String after, String asks, OptInStatus status, String source) {
        var decision = FormRules.submit(tree(before), Set.of(Trees.NEWS), "form", optIn);
        assertThat(Trees.text(decision.tree())).as(source).isEqualTo(after);
        assertThat(decision.ask().map(FormRulesTest::text)).as(source).isEqualTo(Optional.ofNullable(asks));
        assertThat(decision.optIn()).as(source).isEqualTo(Optional.ofNullable(status));
    }

    @ParameterizedTest(name = "{0} asked, on [{1}]")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # asked      | before         | confirmed           | status   | rejected            | status
            CHANNEL news | email=R        | email=S news=S      | ACCEPTED | email=U             | REJECTED
            CHANNEL      | email=R        | email=S             | ACCEPTED | email=U             | REJECTED
            CHANNEL news | email=R news=U | email=S news=S      | ACCEPTED | email=U news=U      | REJECTED
            CHANNEL news | email=R vip=U  | email=S news=S vip=U| ACCEPTED | email=U vip=U       | REJECTED
            CHANNEL news | brand=R        | brand=R email=S news=S | ACCEPTED | brand=R email=U  | REJECTED
            CHANNEL news | email=S        | email=S news=S      | ACCEPTED | email=U             | REJECTED
            CHANNEL news | email=U        | email=U             | -        | email=U             | REJECTED
            TOPICS news  | email=S news=U | email=S news=S      | ACCEPTED | email=S news=U      | -
            TOPICS news  | email=U news=U | email=U news=U      | -        | email=U news=U      | -
            TOPICS news  | email=R news=U | email=R news=U      | -        | email=R news=U      | -
            """)
    void answer(String asked, String before, String confirmed, OptInStatus onConfirm, String rejected,
                OptInStatus onReject) { // rows 4, 5, 13; S1: Unsubscribed stays
        var yes = FormRules.confirm(tree(before), asked(asked));
        assertThat(Trees.text(yes.tree())).isEqualTo(confirmed);
        assertThat(yes.optIn()).isEqualTo(Optional.ofNullable(onConfirm));
        var no = FormRules.reject(tree(before), asked(asked));
        assertThat(Trees.text(no.tree())).isEqualTo(rejected);
        assertThat(no.optIn()).isEqualTo(Optional.ofNullable(onReject));
        assertThat(List.of(yes.ask(), no.ask())).containsOnly(Optional.empty());
    }

    @Test
    void twoRequestsInOneAskForTheWiderScopeAndAllTopics() { // row 8: union of lists
        assertThat(text(asked("TOPICS news").and(asked("CHANNEL vip")))).isEqualTo("CHANNEL news vip");
        assertThat(text(asked("CHANNEL news").and(asked("TOPICS vip")))).isEqualTo("CHANNEL news vip");
        assertThat(text(asked("TOPICS news").and(asked("TOPICS news")))).isEqualTo("TOPICS news");
    }

    private static SubscriptionTree tree(String text) {
        return Trees.tree(text == null ? "" : text);
    }

    private static Asked asked(String text) {
        String[] words = text.split(" ");
        var topics = Arrays.stream(words).skip(1).map(name -> Trees.node(name).onTopic().orElseThrow())
                .collect(Collectors.toCollection(TreeSet::new));
        return new Asked(Scope.valueOf(words[0]), topics, Optional.of("form"));
    }

    private static String text(Asked asked) {
        return asked.scope() + asked.topics().stream().map(FormRulesTest::name).collect(Collectors.joining());
    }

    private static String name(TopicId topic) {
        return topic.equals(Trees.NEWS) ? " news" : " vip";
    }
}
