package io.countersign.server.confirmation;

import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.project.IntegrationId;
import io.countersign.server.confirmation.Tickets.Found;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.consent.ConsentDraft.Kind;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Door;
import io.countersign.server.customer.Submission;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Form;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Answers challenges. */
final class Confirmations {
    private final Catalogs catalogs;
    private final Customers customers;
    private final Door door;

    Confirmations(Catalogs catalogs, Customers customers, Door door) {
        this.catalogs = catalogs;
        this.customers = customers;
        this.door = door;
    }

    /**
     * What a person did.
     *
     * @param wording  what stood beside the button; known of our own pages only
     * @param language of the page
     */
    record Act(ConsentDraft.Request request, Optional<String> wording, Optional<String> language, Origin origin) {
        /** On our page. */
        static Act onPage(ConsentDraft.Request request, String wording, String language) {
            return new Act(request, Optional.of(wording), Optional.of(language),
                    new Origin("confirmation_page", Optional.empty(), "customer", true));
        }

        /** On a page of the integration's own site. */
        static Act onSite(ConsentDraft.Request request, IntegrationId integration) {
            return new Act(request, Optional.empty(), Optional.empty(),
                    new Origin("ticket", Optional.of(integration.value()), "customer", true));
        }
    }

    ChallengeAnswer confirm(Found found, Act act) {
        return carryOut(found, new Change.AnswerChallenge(found.challenge().id(), Change.Answer.CONFIRM), act,
                Kind.CONFIRMATION);
    }

    /** Confirms whatever the ticket is for: a contact, or all of what an opt-in mail asks. */
    ChallengeAnswer answerTicket(Found found, Act act) {
        return carryOut(found, new Change.AnswerTicket(found.challenge().id()), act, Kind.CONFIRMATION);
    }

    ChallengeAnswer reject(Found found, Act act) {
        return carryOut(found, new Change.AnswerChallenge(found.challenge().id(), Change.Answer.REJECT), act,
                Kind.REFUSAL);
    }

    ChallengeAnswer askAgain(Found found, Act act) {
        Optional<Duration> cooldown = found.challenge().asked().form().flatMap(catalogs.current()::form)
                .flatMap(Form::resendCooldown);
        return carryOut(found, new Change.AskAgain(found.challenge().id(), cooldown), act, Kind.REQUEST);
    }

    private ChallengeAnswer carryOut(Found found, Change change, Act act, Kind kind) {
        var command = new CustomerCommand(new Who.ByChallenge(found.challenge().id()), IfUnknown.REFUSE,
                List.of(change), act.origin(), customers.fresh());
        var consent = new ConsentDraft(kind, act.wording(), found.form(), act.request(),
                Optional.of(found.message())).from(found.mail());
        return door.submit(found.project(), new Submission(command, Optional.of(consent),
                act.language())).answer().orElseGet(ChallengeAnswer.Gone::new);
    }
}
