package io.countersign.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.project.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random commands of every kind, and after each of them everything that must always hold. One sequence again:
 * {@code -Dcountersign.seed=N}; many more: {@code -Dcountersign.scale=full}.
 */
class SequenceTest {
    private static final int STEPS = 20;

    @Test
    void whateverHappensTheRulesHold() {
        Long only = Long.getLong("countersign.seed");
        long sequences = "full".equals(System.getProperty("countersign.scale")) ? 400_000 : 10_000;
        var seen = new TreeMap<String, Integer>();
        LongStream seeds = only == null ? LongStream.range(0, sequences) : LongStream.of(only);
        seeds.forEach(seed -> run(seed, seen));
        if (only == null) {
            assertThat(seen.keySet()).as("every effect and refusal was seen: %s", seen)
                    .containsAll(everything());
        }
    }

    private static void run(long seed, TreeMap<String, Integer> seen) {
        var random = new RandomCommands(seed);
        var trace = new ArrayList<CustomerCommand>();
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        Neighbourhood around = random.people(now);
        Policy policy = random.policy();
        var invariants = new Invariants();
        var mails = new MailLog();
        Snapshot before = Step.snapshot(around);
        try {
            for (int i = 0; i < STEPS; i++) {
                now = now.plus(random.pause());
                policy = random.chance(6) ? random.policy() : policy;
                CustomerCommand command = random.command(around, policy, now);
                trace.add(command);
                Decision decision = CustomerRules.decide(around, command, policy, now);
                send(decision, around, now);
                var step = new Step(before, command, decision, Step.snapshot(around), policy, now);
                invariants.check(step);
                mails.check(step);
                Replay.check(step);
                before = step.after();
                count(decision, seen);
            }
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("sequence " + seed + " (again: -Dcountersign.seed=" + seed
                    + "), command " + trace.size() + ": " + failure.getMessage() + "\n" + last(trace, policy), failure);
        }
    }

    /** The messages go, and with them their codes. */
    private static void send(Decision decision, Neighbourhood around, Instant now) {
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.MessageQueued message) {
                message.challenge().ifPresent(id -> around.addCodes(List.of(RandomMessages.sent(id, now))));
            }
        }
    }

    private static String last(List<CustomerCommand> trace, Policy policy) {
        var lines = new StringBuilder("policy " + policy + "\n");
        trace.subList(Math.max(0, trace.size() - 5), trace.size())
                .forEach(command -> lines.append(command).append('\n'));
        return lines.toString();
    }

    private static void count(Decision decision, TreeMap<String, Integer> seen) {
        decision.effects().forEach(effect -> seen.merge(effect.getClass().getSimpleName(), 1, Integer::sum));
        decision.refusal().ifPresent(refusal -> seen.merge(refusal.name(), 1, Integer::sum));
        decision.answer().ifPresent(answer -> seen.merge(answer.getClass().getSimpleName(), 1, Integer::sum));
    }

    private static List<String> everything() {
        var names = new ArrayList<String>();
        for (Class<?> effect : Effect.class.getPermittedSubclasses()) {
            names.add(effect.getSimpleName());
        }
        for (Class<?> answer : Decision.ChallengeAnswer.class.getPermittedSubclasses()) {
            names.add(answer.getSimpleName());
        }
        for (Decision.Refusal refusal : Decision.Refusal.values()) {
            if (refusal != Decision.Refusal.UNKNOWN_CHALLENGE // only existing ones are asked for here
                    && refusal != Decision.Refusal.ALREADY_PROCESSED) { // which the door says
                names.add(refusal.name());
            }
        }
        return names;
    }
}
