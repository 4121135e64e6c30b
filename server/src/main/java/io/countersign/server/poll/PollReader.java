package io.countersign.server.poll;

import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Polls as operators write them. */
record PollReader(Catalog catalog) {
    private static final Set<String> ANSWER = Set.of("name", "label", "effect", "channel", "topic");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_QUESTION = 500;
    private static final int MOST_ANSWERS = 50;

    static Poll.Named named(Members body, String slug) {
        String question = body.required("question", LONGEST_QUESTION);
        return new Poll.Named(slug, body.line("name", LONGEST_NAME).filter(text -> !text.isEmpty()).orElse(slug),
                question);
    }

    static String slug(Members body) {
        String slug = body.required("slug", 63);
        if (!slug.matches("[a-z0-9][a-z0-9_-]{0,62}")) {
            throw body.invalid("slug", "A slug has lower-case letters, digits, - and _, at most 63.");
        }
        return slug;
    }

    List<Poll.Answer> answers(Members body, Brand brand) {
        List<Members> given = body.objects("answers", MOST_ANSWERS, ANSWER);
        if (given.size() < 2) {
            throw new ProblemException(Problem.INVALID_VALUE, "A poll has at least two answers.", "answers");
        }
        var names = new HashSet<String>();
        var answers = new ArrayList<Poll.Answer>();
        for (Members each : given) {
            String name = each.required("name", LONGEST_NAME);
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
                throw each.invalid("name", "A system name has letters, digits, ., - and _, at most 100.");
            }
            if (!names.add(name)) {
                throw each.invalid("name", "Two answers have this name.");
            }
            answers.add(new Poll.Answer(answers.size() + 1, name, each.required("label", LONGEST_NAME),
                    effect(each, brand)));
        }
        return answers;
    }

    private Optional<Poll.Effect> effect(Members each, Brand brand) {
        String effect = each.line("effect", 20).filter(text -> !text.isEmpty()).orElse("none");
        Optional<String> topic = each.line("topic", 63).filter(text -> !text.isEmpty());
        if (effect.equals("none")) {
            if (topic.isPresent() || each.value("channel").isPresent()) {
                throw each.invalid("effect", "Without an effect an answer has neither channel nor topic.");
            }
            return Optional.empty();
        }
        Instruction instruction = switch (effect) {
            case "subscribe" -> Instruction.SUBSCRIBE;
            case "unsubscribe" -> Instruction.UNSUBSCRIBE;
            default -> throw each.invalid("effect", "The effect is none, subscribe or unsubscribe.");
        };
        Channel channel = each.line("channel", 20).filter(text -> !text.isEmpty())
                .map(text -> Query.word(each.path("channel"), Channel.class, text)).orElse(Channel.EMAIL);
        Node node = topic.map(slug -> Node.of(channel, catalog.topic(brand.project(), brand.id(), slug)
                .orElseThrow(() -> each.invalid("topic", "The brand has no such topic.")).id()))
                .orElseGet(() -> Node.of(channel));
        return Optional.of(new Poll.Effect(instruction, node));
    }
}
