package io.countersign.server.template;

import io.countersign.server.offer.Needed;
import io.countersign.server.text.Placeholder;
import io.countersign.server.text.TextParameter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Gathers what the parts of a text name. */
final class NeedsFound {
    private final Set<String> pools = new HashSet<>();
    private final Set<String> algorithms = new HashSet<>();
    private final Set<Filling.Act> acts = EnumSet.noneOf(Filling.Act.class);
    private final Set<TextParameter> secrets = EnumSet.noneOf(TextParameter.class);
    private final Set<Placeholder> authentications = new HashSet<>();
    private final Set<String> custom = new HashSet<>();
    private final Set<String> answers = new HashSet<>();
    private boolean points;

    /** A member of a group was named. */
    void member(String group, String name) {
        switch (group) {
            case Parameters.RECOMMENDATIONS -> algorithms.add(name);
            case Parameters.POINTS -> points = true;
            case Parameters.CUSTOM -> custom.add(name);
            case Parameters.MESSAGE -> Optional.ofNullable(Parameters.LINKS.get(name)).ifPresent(acts::add);
            default -> { }
        }
    }

    void secret(TextParameter parameter, Optional<Duration> life) {
        secrets.add(parameter);
        if (TextParameter.AUTHENTICATIONS.contains(parameter)) {
            authentications.add(new Placeholder(parameter, life));
        }
    }

    void pool(String slug) {
        pools.add(slug);
    }

    void act(Filling.Act act) {
        acts.add(act);
    }

    void answer(String name) {
        answers.add(name);
    }

    Set<TextParameter> secrets() {
        return secrets;
    }

    Set<Placeholder> authentications() {
        return authentications;
    }

    Needs all() {
        return new Needs(new Needed(pools, algorithms, points), acts, secrets, authentications, custom, answers);
    }
}
