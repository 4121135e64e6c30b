package io.countersign.server.template;

import io.countersign.server.offer.Needed;
import io.countersign.server.text.Placeholder;
import io.countersign.server.text.TextParameter;
import java.util.Set;

/**
 * What a text names, found when it is compiled.
 *
 * @param acts            what its links do
 * @param secrets         codes and tickets that it carries
 * @param authentications those of the secrets that stand for the customer, each with the life that the text gives it
 * @param custom          the names of its {@code CustomParameters}
 * @param answers         system names of the poll answers that its links give ({@code data-name})
 */
public record Needs(Needed offers, Set<Filling.Act> acts, Set<TextParameter> secrets,
                    Set<Placeholder> authentications, Set<String> custom, Set<String> answers) {
    public Needs {
        acts = Set.copyOf(acts);
        secrets = Set.copyOf(secrets);
        authentications = Set.copyOf(authentications);
        custom = Set.copyOf(custom);
        answers = Set.copyOf(answers);
    }
}
