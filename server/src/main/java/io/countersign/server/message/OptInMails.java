package io.countersign.server.message;

import io.countersign.domain.eligibility.EligibilityRules;
import io.countersign.domain.eligibility.MessageKind;
import io.countersign.domain.eligibility.Reason;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.pages.BrandLook;
import io.countersign.server.platform.pages.Languages;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Topic;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Makes opt-in mails of taken messages, and says why one must not go after all. */
final class OptInMails {
    private final Catalogs catalogs;
    private final OptInEmailTemplate template;
    private final Languages languages;
    private final URI publicUrl;

    OptInMails(Catalogs catalogs, OptInEmailTemplate template, Languages languages, URI publicUrl) {
        this.catalogs = catalogs;
        this.template = template;
        this.languages = languages;
        this.publicUrl = publicUrl;
    }

    /** Why a message is not handed over, checked at the last moment: a stable word, or nothing. */
    Optional<String> reasonAgainst(Taken taken) {
        if (!taken.asked().open()) {
            return Optional.of("challenge_closed");
        }
        Optional<Brand> brand = catalogs.current().brand(taken.project(), taken.brand());
        if (brand.isEmpty() || brand.get().sender().email().isEmpty()) {
            return Optional.of("no_sender");
        }
        // A request for further topics goes to somebody whose channel is subscribed already.
        var kind = taken.asked().ofChannel() ? MessageKind.OPT_IN : MessageKind.TRANSACTIONAL;
        List<Reason> reasons = EligibilityRules.reasonsAgainst(taken.facts(), kind, false);
        return reasons.stream().findFirst().map(Names::of);
    }

    /** The mail, with this ticket in its link. */
    OutgoingEmail mail(Taken taken, String ticket) {
        Brand brand = catalogs.current().brand(taken.project(), taken.brand()).orElseThrow();
        var sender = Mailbox.parse(brand.sender().email().orElseThrow());
        String language = taken.recipient().language();
        var texts = languages.choose(language, brand.language());
        var topics = taken.asked().topics().stream()
                .flatMap(topic -> catalogs.current().topic(taken.project(), topic).stream()).map(Topic::name).toList();
        var view = new OptInEmailView(BrandLook.plain(brand.name(), brand.language()), topics,
                publicUrl + "/c/" + ticket, sender.address(), null);
        OptInEmail rendered = template.render(view, texts);
        return new OutgoingEmail(taken.id(), sender, new Mailbox("", taken.recipient().address()),
                rendered.subject(), new EmailBody(rendered.text(), rendered.html()), taken.createdAt(),
                ExtraHeaders.NONE);
    }
}
