package io.countersign.server.poll;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import java.util.List;
import java.util.Optional;

/** A question that mails of a brand ask. */
record Poll(int id, BrandId brand, Named named, List<Answer> answers, boolean over) {
    Poll {
        answers = List.copyOf(answers);
    }

    record Named(String slug, String name, String question) {}

    /**
     * What can be answered.
     *
     * @param name  the system name: links name it ({@code data-name}), and it is the action's name (PO2)
     * @param label what people read
     */
    record Answer(int position, String name, String label, Optional<Effect> effect) {}

    /** What an answer does to the subscription, once it is counted (PO3). */
    record Effect(Instruction instruction, Node node) {}

    Optional<Answer> answer(int position) {
        return answers.stream().filter(answer -> answer.position() == position).findFirst();
    }

    Optional<Answer> answer(String name) {
        return answers.stream().filter(answer -> answer.name().equals(name)).findFirst();
    }
}
