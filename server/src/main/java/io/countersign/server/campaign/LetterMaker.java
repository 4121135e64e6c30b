package io.countersign.server.campaign;

import io.countersign.domain.eligibility.Facts;
import io.countersign.server.campaign.CampaignLettersQueue.Letter;
import io.countersign.server.campaign.LetterLinks.Signing;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.MessageLink;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.message.Carriers;
import io.countersign.server.message.ExtraHeaders;
import io.countersign.server.message.HandOver;
import io.countersign.server.message.ListHeaders;
import io.countersign.server.message.Made;
import io.countersign.server.message.Prepared;
import io.countersign.server.message.Taken;
import io.countersign.server.message.TextSecrets;
import io.countersign.server.offer.PersonOffers;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Policies;
import io.countersign.server.project.Topic;
import io.countersign.server.template.Filled;
import io.countersign.server.template.Filling;
import io.countersign.server.template.InvalidTemplate;
import io.countersign.server.template.Needs;
import io.countersign.server.text.MessageText;
import io.countersign.server.text.TextParameter;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Fills the text of one letter and puts it into the form of its channel, when its turn comes. */
public final class LetterMaker {
    private final Catalogs catalogs;
    private final Signing signing;
    private final ListHeaders headers;
    private final TextSecrets secrets;
    private final Carriers carriers;

    /**
     * @param publicUrl where links in messages lead
     * @param secrets   makes codes, and tickets that tell who comes
     */
    public LetterMaker(Catalogs catalogs, SignedLinks links, URI publicUrl, TextSecrets secrets, Carriers carriers) {
        this.catalogs = catalogs;
        this.signing = new Signing(links, publicUrl);
        this.headers = new ListHeaders(links, publicUrl);
        this.secrets = secrets;
        this.carriers = carriers;
    }

    Prepared prepare(Letter letter, LetterBatch batch) {
        Taken message = letter.message();
        var links = new LetterLinks(signing, batch.project(), message.id(), new LetterLinks.Tracks(
                letter.of().brand().mailing().tracksOpens() && letter.of().campaign().settings().tracksOpens(),
                letter.of().brand().mailing().tracksClicks() && letter.of().campaign().settings().tracksClicks()));
        Needs needs = letter.template().needs();
        if (needs.secrets().stream().anyMatch(TextParameter.CODES::contains) && !message.isAnswerable()) {
            return new Prepared.Skipped(message, "challenge_closed");
        }
        if (!needs.authentications().isEmpty() && !(message.facts().holding() instanceof Facts.AsPrimary)) {
            return new Prepared.Skipped(message, "not_primary"); // a claim is no right to stand for the customer
        }
        TextSecrets.Named made = secrets.make(message, new TextSecrets.Wanted(needs.secrets(),
                needs.authentications()), Policies.of(catalogs.current(), batch.project()).codes(), batch.now());
        Map<String, String> values = new HashMap<>(made.values());
        if (needs.secrets().contains(TextParameter.EMAIL_TICKET)) { // a signed link needs no row
            values.put(TextParameter.EMAIL_TICKET.parameterName(), links.ticket());
        }
        Filling filling = filling(letter, batch, values, links);
        return new Prepared.Ready(message, made.carried().showing(evidence(letter)), () -> make(letter, filling));
    }

    /** A text that asks for a confirmation is kept as it was written, for the consent that its link will bring. */
    private static Optional<String> evidence(Letter letter) {
        Needs needs = letter.template().needs();
        boolean asks = needs.acts().contains(Filling.Act.CONFIRM_CHANNEL)
                || needs.acts().contains(Filling.Act.CONFIRM_TOPIC)
                || needs.secrets().contains(TextParameter.EMAIL_TICKET);
        return asks ? Optional.of(letter.content().subject() + "\n\n" + letter.content().source()) : Optional.empty();
    }

    private Made make(Letter letter, Filling filling) {
        Filled filled;
        try {
            filled = letter.template().fill(filling);
        } catch (InvalidTemplate e) {
            InvalidTemplate.Fault fault = e.faults().getFirst();
            return new HandOver.Withheld(CampaignLettersQueue.TEMPLATE, fault.code() + ": " + fault.placed());
        }
        return carriers.form(letter.message(), letter.of().brand().sender(),
                new MessageText.Parts(filled.subject(), filled.html(), filled.text()), headers(letter));
    }

    /** CP4: what everybody needs is no list, and cannot be left. */
    private ExtraHeaders headers(Letter letter) {
        Campaign campaign = letter.of().campaign();
        if (campaign.checks().ignoresSubscription() || letter.of().brand().sender().email().isEmpty()) {
            return ExtraHeaders.NONE;
        }
        Optional<Topic> topic = campaign.scope().topic()
                .flatMap(id -> catalogs.current().topic(campaign.project(), id));
        return headers.of(new MessageLink(campaign.project(), LinkKind.UNSUBSCRIBE_CHANNEL, letter.message().id(), 0),
                new ListHeaders.Mailing(letter.of().brand(), topic, campaign.id()));
    }

    private static Filling filling(Letter letter, LetterBatch batch, Map<String, String> secrets, LetterLinks links) {
        Taken message = letter.message();
        LetterStore.Person person = batch.person(message.recipient().customer());
        Campaign campaign = letter.of().campaign();
        return new Filling(new Filling.Person(person.firstName(), person.lastName(), person.email(), person.mobile(),
                person.fields(), person.externalIds(), message.recipient().address(), secrets),
                new Filling.Mail(batch.now(), batch.zone(), letter.language(), campaign.slug(),
                        campaign.named().utm().orElse(campaign.slug()), letter.of().brand().name(),
                        letter.of().brand().face().postalAddress()),
                batch.offers().getOrDefault(message.id(), PersonOffers.NONE), batch.custom(message.id()), links);
    }
}
