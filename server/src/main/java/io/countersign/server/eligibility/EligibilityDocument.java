package io.countersign.server.eligibility;

import io.countersign.domain.eligibility.Checks;
import io.countersign.domain.eligibility.Reason;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.eligibility.Eligibility.Answer;
import io.countersign.server.eligibility.EligibilityReader.About;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.http.Json;
import io.countersign.server.project.Topic;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** An answer as it is shown. */
final class EligibilityDocument {
    private EligibilityDocument() {}

    static ObjectNode of(About about, Channel channel, Answer answer) {
        ObjectNode document = Json.object().put("eligible", answer.eligible());
        var reasons = document.putArray("reasons");
        answer.reasons().forEach(reason -> reasons.add(Names.of(reason)));
        document.put("kind", about.profile().kind().map(Names::of).orElse(null))
                .put("profile", about.profile().profile())
                .<ObjectNode>set("checks", checks(about.profile().checks())).put("project", about.project().slug())
                .put("brand", about.brand().slug()).put("channel", Names.of(channel))
                .put("topic", about.topic().map(Topic::slug).orElse(null))
                .put("at", about.at().map(Instant::toString).orElse(null));
        document.set("contact", answer.held().map(held -> contact(held, answer)).orElse(null));
        document.put("customer", answer.held().map(held -> Ids.show("cus", held.customer())).orElse(null))
                .put("verification", answer.held().map(held -> Names.of(held.verification())).orElse("no_data"))
                .put("subscription", Names.of(answer.facts().topic().orElse(answer.facts().channel())))
                .put("channel_subscription", Names.of(answer.facts().channel()));
        var explanations = document.putArray("explanations");
        answer.reasons().stream().map(Reason::explanation).forEach(explanations::add);
        return document;
    }

    private static ObjectNode checks(Checks checks) {
        return Json.object().put("subscription", checks.subscription()).put("validity", checks.validity())
                .put("frequency", checks.frequency()).put("awaiting", checks.awaiting());
    }

    private static ObjectNode contact(HeldContact held, Answer answer) {
        return Json.object().put("id", held.id() == 0 ? null : "ctp_" + held.id())
                .put("type", Names.of(held.contact().type()))
                .put("value", held.contact().value()).put("slot", held.primary() ? "primary" : "non_primary")
                .put("verification", Names.of(held.verification()))
                .put("verified_at", held.verifiedAt().map(Instant::toString).orElse(null))
                .put("valid", held.valid()).put("suppressed", !answer.facts().suppressions().isEmpty());
    }
}
