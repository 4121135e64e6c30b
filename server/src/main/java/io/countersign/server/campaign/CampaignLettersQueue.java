package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignKind;
import io.countersign.domain.campaign.Split;
import io.countersign.domain.eligibility.Checks;
import io.countersign.domain.eligibility.Reason;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.campaign.LetterBatch.OfCampaign;
import io.countersign.server.message.CampaignQueue;
import io.countersign.server.message.Carriers;
import io.countersign.server.message.Prepared;
import io.countersign.server.message.Taken;
import io.countersign.server.offer.OfferStore;
import io.countersign.server.offer.PersonOffers;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.template.Content;
import io.countersign.server.template.InvalidTemplate;
import io.countersign.server.template.Template;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes the messages of campaigns that were taken to be sent: who may not get one any more is left out, by the same
 * form of eligibility that chose the recipients; each other gets the text of its variant in its language.
 */
public final class CampaignLettersQueue implements CampaignQueue {
    /** Why a message is not sent, besides the reasons of eligibility. */
    private static final String NO_CAMPAIGN = "no_campaign";
    private static final String NO_SENDER = "no_sender";
    private static final String NO_TEXT = "no_text";
    static final String TEMPLATE = "template";

    private final Catalogs catalogs;
    private final CompiledTexts texts;
    private final LetterMaker maker;

    public CampaignLettersQueue(Catalogs catalogs, CompiledTexts texts, LetterMaker maker) {
        this.catalogs = catalogs;
        this.texts = texts;
        this.maker = maker;
    }

    @Override
    public List<Prepared> prepare(Tx tx, ProjectId project, List<Taken> taken, Instant now) throws SQLException {
        LetterBatch batch = read(tx, project, taken, now);
        var letters = new ArrayList<Letter>();
        var prepared = new HashMap<UUID, Prepared>();
        for (Taken message : taken) {
            Optional<String> against = reasonAgainst(message, batch);
            if (against.isPresent()) {
                prepared.put(message.id(), new Prepared.Skipped(message, against.get()));
                continue;
            }
            try {
                letter(message, batch).ifPresentOrElse(letters::add,
                        () -> prepared.put(message.id(), new Prepared.Skipped(message, NO_TEXT)));
            } catch (RuntimeException | Error e) {
                prepared.put(message.id(), Prepared.failing(message, e));
            }
        }
        keepVariants(tx, project, letters);
        LetterBatch complete = batch.with(offers(tx, batch, letters));
        letters.forEach(letter -> prepared.put(letter.message().id(), Prepared.of(letter.message(),
                () -> maker.prepare(letter, complete))));
        return taken.stream().map(message -> prepared.get(message.id())).toList();
    }

    /** A message that goes, as far as it depends on itself. */
    record Letter(Taken message, OfCampaign of, String variant, String language, Content content, Template template) {}

    private LetterBatch read(Tx tx, ProjectId project, List<Taken> taken, Instant now) throws SQLException {
        Catalog catalog = catalogs.current();
        Set<UUID> single = taken.stream().filter(message -> !campaign(message).bulk()).map(Taken::id)
                .collect(Collectors.toSet());
        Map<UUID, GivenStore.Given> given = single.isEmpty() ? Map.of() : GivenStore.find(tx, project, single);
        var campaigns = campaigns(tx, project, taken, now);
        var reasons = new HashMap<UUID, String>();
        for (OfCampaign of : campaigns.values()) {
            Map<Boolean, List<UUID>> byTest = taken.stream()
                    .filter(message -> campaign(message).id() == of.campaign().id()).map(Taken::id)
                    .collect(Collectors.partitioningBy(id -> given.containsKey(id) && given.get(id).test()));
            reasons.putAll(LetterStore.reasons(tx, of.campaign(), of.brand(), of.campaign().checks(),
                    new LetterStore.Checked(byTest.get(false), now)));
            if (!byTest.get(true).isEmpty()) {
                reasons.putAll(ofTests(LetterStore.reasons(tx, of.campaign(), of.brand(), Checks.TRANSACTIONAL,
                        new LetterStore.Checked(byTest.get(true), now))));
            }
        }
        return new LetterBatch(project, now, catalog.project(project).orElseThrow().timeZone(), campaigns,
                LetterStore.people(tx, project, taken.stream().map(message -> message.recipient().customer())
                        .collect(Collectors.toSet())), given, reasons, Map.of());
    }

    /** A test may go to an address that nobody holds, but to no suppressed one. */
    private static Map<UUID, String> ofTests(Map<UUID, String> reasons) {
        reasons.values().removeIf(Names.of(Reason.UNKNOWN_CONTACT)::equals);
        return reasons;
    }

    private static Taken.OfCampaign campaign(Taken message) {
        return message.letter().campaign().orElseThrow();
    }

    private Map<Integer, OfCampaign> campaigns(Tx tx, ProjectId project, List<Taken> taken, Instant now)
            throws SQLException {
        Set<Integer> ids = taken.stream().map(message -> campaign(message).id()).collect(Collectors.toSet());
        Map<Integer, CampaignTexts> all = CampaignStore.contents(tx, project, ids);
        var campaigns = new HashMap<Integer, OfCampaign>();
        for (Campaign campaign : CampaignStore.find(tx, project, ids).values()) {
            Optional<Brand> brand = catalogs.current().brand(project, campaign.scope().brand());
            if (brand.isPresent()) {
                boolean waits = campaign.kind() == CampaignKind.BULK && taken.stream().map(m -> campaign(m))
                        .anyMatch(of -> of.id() == campaign.id() && of.variant().isEmpty());
                campaigns.put(campaign.id(), new OfCampaign(campaign, brand.get(),
                        all.getOrDefault(campaign.id(), CampaignTexts.NONE), winner(tx, campaign, waits, now)));
            }
        }
        return campaigns;
    }

    /** The rest of a bulk campaign is due at the time of the decision: whoever takes the first of it decides. */
    private static Optional<String> winner(Tx tx, Campaign campaign, boolean waits, Instant now) throws SQLException {
        Optional<String> known = campaign.test().flatMap(Campaign.Test::winner);
        return known.isEmpty() && waits && campaign.test().isPresent()
                ? Optional.of(TrialStore.decide(tx, campaign, now)) : known;
    }

    private static Optional<String> reasonAgainst(Taken message, LetterBatch batch) {
        OfCampaign of = batch.campaigns().get(campaign(message).id());
        if (of == null || of.campaign().isDeleted()) {
            return Optional.of(NO_CAMPAIGN);
        }
        if (!Carriers.hasSender(of.brand().sender(), message.recipient().type())) {
            return Optional.of(NO_SENDER);
        }
        return Optional.ofNullable(batch.reasons().get(message.id()));
    }

    /** Empty when the campaign has no text that can be used. */
    private Optional<Letter> letter(Taken message, LetterBatch batch) {
        OfCampaign of = batch.campaigns().get(campaign(message).id());
        String variant = variant(message, of);
        String wanted = message.recipient().language() != null ? message.recipient().language()
                : batch.person(message.recipient().customer()).language();
        return of.texts().choose(variant, wanted, of.brand().language()).flatMap(chosen -> {
            try {
                return Optional.of(new Letter(message, of, variant, chosen.key().language(),
                        chosen.content(), texts.of(chosen.content())));
            } catch (InvalidTemplate _) {
                return Optional.empty();
            }
        });
    }

    private static String variant(Taken message, OfCampaign of) {
        Campaign campaign = of.campaign();
        return campaign(message).variant().or(of::winner).or(() -> campaign.test().flatMap(test ->
                Split.variant(test.trial(), campaign.id(), message.recipient().customer())))
                .orElseGet(() -> campaign.test().map(test -> test.trial().shares().firstKey()).orElse(Campaign.ONLY));
    }

    private static void keepVariants(Tx tx, ProjectId project, List<Letter> letters) throws SQLException {
        LetterStore.keepVariants(tx, project, letters.stream()
                .filter(letter -> campaign(letter.message()).variant().isEmpty())
                .collect(Collectors.toMap(letter -> letter.message().id(), Letter::variant)));
    }

    /** Codes are given out for those who get a message, once for each; a test gets the last that was received. */
    private static Map<UUID, PersonOffers> offers(Tx tx, LetterBatch batch, Collection<Letter> letters)
            throws SQLException {
        var found = new HashMap<UUID, PersonOffers>();
        var done = new HashSet<Template>();
        for (Letter each : letters) {
            if (each.template().needs().offers().isNothing() || !done.add(each.template())) {
                continue;
            }
            List<Letter> same = letters.stream().filter(letter -> letter.template() == each.template()).toList();
            OfferStore.issue(tx, batch.project(), each.template().needs().offers().pools(), same.stream()
                    .map(Letter::message).filter(message -> !batch.isTest(message.id()))
                    .map(message -> message.recipient().customer()).collect(Collectors.toSet()), batch.now());
            var offers = OfferStore.find(tx, batch.project(), each.template().needs().offers(), same.stream()
                    .map(letter -> letter.message().recipient().customer()).collect(Collectors.toSet()), batch.now());
            same.forEach(letter -> found.put(letter.message().id(),
                    offers.getOrDefault(letter.message().recipient().customer(), PersonOffers.NONE)));
        }
        return found;
    }
}
