package io.countersign.server.message;

import io.countersign.domain.eligibility.EligibilityRules;
import io.countersign.domain.eligibility.MessageKind;
import io.countersign.domain.eligibility.Reason;
import io.countersign.server.confirmation.Tickets;
import io.countersign.server.message.Prepared.Carried;
import io.countersign.server.message.Prepared.Ready;
import io.countersign.server.message.Prepared.Skipped;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.pages.Languages;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Topic;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Opt-in mails: each with a ticket of its own in its link (docs/decisions/0006-tickets.md). */
final class OptInMails implements MessageMaker {
    /** Stands for the secret of the link in what is kept as shown. */
    private static final String NO_SECRET = "...";

    private final Catalogs catalogs;
    private final Tickets tickets;
    private final Look look;

    /** How the mails look, and where their links lead. */
    record Look(OptInEmailTemplate template, Languages languages, URI publicUrl, Origins origins) {}

    OptInMails(Catalogs catalogs, Tickets tickets, Look look) {
        this.catalogs = catalogs;
        this.tickets = tickets;
        this.look = look;
    }

    @Override
    public Prepared prepare(Taken message, Background background) {
        Optional<String> against = reasonAgainst(message);
        if (against.isPresent()) {
            return new Skipped(message, against.get());
        }
        Tickets.Made ticket = tickets.make(message.project().value(), message.asked().orElseThrow().challenge(),
                message.id());
        String wording = look.template().wording(view(message, NO_SECRET), texts(message));
        return new Ready(message, new Carried(Optional.of(ticket), Optional.empty(), List.of(), Optional.of(wording)),
                () -> mail(message, ticket.text()));
    }

    /** Why a message is not handed over, checked at the last moment: a stable word, or nothing. */
    private Optional<String> reasonAgainst(Taken taken) {
        if (!taken.isAnswerable()) {
            return Optional.of("challenge_closed");
        }
        Optional<Brand> brand = catalogs.current().brand(taken.project(), taken.letter().brand());
        if (brand.isEmpty() || brand.get().sender().email().isEmpty()) {
            return Optional.of("no_sender");
        }
        // A request for further topics goes to somebody whose channel is subscribed already.
        var kind = taken.asked().orElseThrow().ofChannel() ? MessageKind.OPT_IN : MessageKind.TRANSACTIONAL;
        List<Reason> reasons = EligibilityRules.reasonsAgainst(taken.facts(), kind, false);
        return reasons.stream().findFirst().map(Names::of);
    }

    private Texts texts(Taken taken) {
        Brand brand = catalogs.current().brand(taken.project(), taken.letter().brand()).orElseThrow();
        return look.languages().choose(taken.recipient().language(), brand.language());
    }

    private OptInEmailView view(Taken taken, String ticket) {
        Brand brand = catalogs.current().brand(taken.project(), taken.letter().brand()).orElseThrow();
        var topics = taken.asked().orElseThrow().topics().stream()
                .flatMap(topic -> catalogs.current().topic(taken.project(), topic).stream()).map(Topic::name).toList();
        return new OptInEmailView(brand.look(), topics,
                look.publicUrl() + "/c/" + ticket, Mailbox.parse(brand.sender().email().orElseThrow()).address(), null);
    }

    /** The mail, with this ticket in its link. */
    private OutgoingEmail mail(Taken taken, String ticket) {
        Brand brand = catalogs.current().brand(taken.project(), taken.letter().brand()).orElseThrow();
        OptInEmail rendered = look.template().render(view(taken, ticket), texts(taken));
        return new OutgoingEmail(taken.id(), look.origins().of(taken, brand.sender().email().orElseThrow()),
                new Mailbox("", taken.recipient().address()), rendered.subject(),
                new EmailBody(rendered.text(), rendered.html()), taken.letter().createdAt(),
                ExtraHeaders.NONE);
    }
}
