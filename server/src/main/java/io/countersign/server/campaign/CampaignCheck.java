package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignKind;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.campaign.CampaignTexts.Chosen;
import io.countersign.server.campaign.CampaignTexts.Key;
import io.countersign.server.offer.OfferStore;
import io.countersign.server.project.Brand;
import io.countersign.server.template.Content;
import io.countersign.server.template.Filling.Act;
import io.countersign.server.template.InvalidTemplate;
import io.countersign.server.template.Needs;
import io.countersign.server.template.Template;
import io.countersign.server.text.TextParameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Whether a campaign can be used as it is: everything that is missing or wrong at once, before anything is sent. */
final class CampaignCheck {
    private static final Set<Act> CONFIRMING = EnumSet.of(Act.CONFIRM_CHANNEL, Act.CONFIRM_TOPIC);
    static final Set<Act> LEAVING = EnumSet.of(Act.UNSUBSCRIBE_CHANNEL, Act.UNSUBSCRIBE_TOPIC,
            Act.PREFERENCES);
    private static final Set<Act> OF_TOPIC = EnumSet.of(Act.CONFIRM_TOPIC, Act.UNSUBSCRIBE_TOPIC);
    private static final Set<TextParameter> PROVING = EnumSet.of(TextParameter.EMAIL_TICKET,
            TextParameter.MOBILE_CODE);

    private final Campaign campaign;
    private final Brand brand;
    private final Around around;
    private final Function<Content, Template> templates;
    private final List<Fault> faults = new ArrayList<>();

    private CampaignCheck(Campaign campaign, Around around, Function<Content, Template> templates) {
        this.campaign = campaign;
        this.brand = around.brand();
        this.around = around;
        this.templates = templates;
    }

    /**
     * One thing that is wrong.
     *
     * @param at   the field or the text: {@code audience}, {@code contents/a/en}
     * @param code a stable word
     */
    record Fault(String at, String code, String message) {}

    /**
     * What a campaign stands on.
     *
     * @param topics    slugs of the brand's topics
     * @param answers   the system names of the poll's answers; none without a poll
     * @param pools     those of the promo code pools that its texts name
     * @param campaigns those of the campaigns that its audience names
     */
    record Around(Brand brand, Set<String> topics, Set<String> answers, Set<String> pools, Set<String> campaigns) {}

    static List<Fault> faults(Campaign campaign, CampaignTexts texts, Around around,
                              Function<Content, Template> templates) {
        var check = new CampaignCheck(campaign, around, templates);
        check.campaign();
        check.variants().forEach(variant -> check.variant(variant, texts));
        return List.copyOf(check.faults);
    }

    /** What of this would be told of one text, which may not be stored yet. */
    static List<Fault> faults(Campaign campaign, Chosen text, Around around, Function<Content, Template> templates) {
        var check = new CampaignCheck(campaign, around, templates);
        check.text(text.key(), text.content());
        return List.copyOf(check.faults);
    }

    /** The variants that recipients get. */
    private Collection<String> variants() {
        return campaign.test().<Collection<String>>map(test -> test.trial().shares().keySet())
                .orElse(List.of(Campaign.ONLY));
    }

    private void campaign() {
        if (campaign.checks().ignoresSubscription() && campaign.kind() != CampaignKind.TRANSACTIONAL) {
            add("profile", "profile_not_usable", "Only a transactional campaign may leave the subscription unchecked.");
        }
        boolean sender = campaign.scope().channel() == Channel.SMS ? brand.sender().sms().isPresent()
                : brand.sender().email().isPresent();
        if (!sender) {
            add("brand", "sender_missing", "The brand has no sender on this channel.");
        }
        if (campaign.kind() == CampaignKind.BULK && campaign.settings().audience().equals("{}")) {
            add("audience", "audience_missing", "It is not said who gets the campaign.");
        }
        Audience audience = Audience.stored(campaign.settings().audience());
        audience.topic().filter(topic -> !around.topics().contains(topic))
                .ifPresent(topic -> add("audience", "unknown_topic", "The brand has no topic " + topic + "."));
        missing(audience.campaigns(), around.campaigns()).forEach(slug ->
                add("audience", "unknown_campaign", "There is no campaign " + slug + "."));
    }

    private void variant(String variant, CampaignTexts texts) {
        Map<Key, Content> own = new TreeMap<>(Comparator.comparing(Key::language));
        texts.texts().forEach((key, content) -> {
            if (key.variant().equals(variant)) {
                own.put(key, content);
            }
        });
        boolean fits = texts.choose(variant, null, brand.language()).map(Chosen::key).filter(key ->
                brand.language().regionMatches(true, 0, key.language(), 0, key.language().length())).isPresent();
        if (own.isEmpty()) {
            add("contents/" + variant, "text_missing", "There is no text of the variant " + variant + ".");
        } else if (own.size() > 1 && !fits) {
            add("contents/" + variant, "language_missing", "There is no text in the brand's language, "
                    + brand.language() + ", for whom no other language fits.");
        }
        own.forEach(this::text);
    }

    private void text(Key key, Content content) {
        String at = "contents/" + key.variant() + "/" + key.language();
        if ((content.format() == Content.Format.TEXT) != (campaign.scope().channel() == Channel.SMS)) {
            add(at, "wrong_format", "A text goes by SMS, HTML and MJML by email.");
        }
        try {
            needs(at, templates.apply(content).needs());
        } catch (InvalidTemplate e) {
            e.faults().forEach(fault -> add(at, fault.code(), fault.part() + ", line " + fault.line() + ": "
                    + fault.message()));
        }
    }

    private void needs(String at, Needs needs) {
        if (campaign.scope().topic().isEmpty() && !Collections.disjoint(needs.acts(), OF_TOPIC)) {
            add(at, "topic_link_without_topic", "A link about a topic needs a campaign with a topic.");
        }
        if (campaign.checks().awaiting() && Collections.disjoint(needs.acts(), CONFIRMING)
                && Collections.disjoint(needs.secrets(), PROVING)) {
            add(at, "confirmation_missing", "Nothing in the text confirms the subscription.");
        }
        if (campaign.checks().subscription() && campaign.scope().channel() == Channel.SMS
                && Collections.disjoint(needs.acts(), LEAVING)) {
            add(at, "unsubscribe_missing", "The text has no link to unsubscribe with.");
        }
        missing(needs.offers().pools(), around.pools()).forEach(pool ->
                add(at, "unknown_pool", "There is no promo code pool " + pool + "."));
        missing(needs.offers().algorithms(), OfferStore.ALGORITHMS).forEach(name ->
                add(at, "unknown_algorithm", "No recommendations are called " + name + "; there are "
                        + String.join(", ", new TreeSet<>(OfferStore.ALGORITHMS)) + "."));
        if (!around.answers().containsAll(needs.answers())) {
            add(at, "unknown_answer", "A link votes for an answer that the campaign's poll does not have.");
        }
        if (campaign.kind() == CampaignKind.BULK && !Collections.disjoint(needs.secrets(), TextParameter.CODES)) {
            add(at, "code_in_bulk", "A code goes to who asked for it: not in bulk.");
        }
        if (campaign.kind() == CampaignKind.BULK && !needs.custom().isEmpty()) {
            add(at, "custom_parameters_in_bulk", "Nobody gives CustomParameters to a bulk campaign.");
        }
    }

    private static SortedSet<String> missing(Set<String> named, Set<String> there) {
        var missing = new TreeSet<>(named);
        missing.removeAll(there);
        return missing;
    }

    private void add(String at, String code, String message) {
        faults.add(new Fault(at, code, message));
    }
}
