package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignKind;
import io.countersign.domain.campaign.CampaignRules;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change.Recipient;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.message.MessageRows;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.template.Content;
import io.countersign.server.template.Template;
import io.countersign.server.text.TextParameter;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Automated and transactional campaigns as operations, flows and callers of the API send them. */
public final class CampaignSending {
    private static final Set<TextParameter> CONTACT_CODES = EnumSet.of(TextParameter.MOBILE_CODE,
            TextParameter.EMAIL_CODE);

    private final Database database;
    private final Function<Content, Template> templates;

    /** @param templates compiles a text; the same one again is not compiled again */
    public CampaignSending(Database database, Function<Content, Template> templates) {
        this.database = database;
        this.templates = templates;
    }

    /**
     * A campaign that can be sent now.
     *
     * @param proves what a code in its text is for; a ticket is signed and needs no challenge
     */
    public record Sendable(Campaign campaign, Optional<Purpose> proves) {
        /** By which a message refers to it; {@code custom} is a JSON object, or the empty text. */
        public String content(String custom) {
            return MessageRows.campaign(campaign.id(), custom);
        }

        public ContactType type() {
            return CampaignSending.type(campaign);
        }
    }

    /**
     * The campaign of this name. Problems: there is none; it is not ready, or a bulk one (CP12); it is to go to a
     * contact that is not the primary one, which only transactional campaigns may (CA5).
     */
    public Sendable sendable(ProjectId project, String slug, Recipient to) {
        Campaign campaign = database.with(tx -> CampaignStore.find(tx, project, slug))
                .orElseThrow(Campaigns::unknown);
        if (!CampaignRules.isSendable(campaign.state(), campaign.kind())) {
            throw new ProblemException(Problem.CONFLICT, campaign.kind() == CampaignKind.BULK
                    ? "A bulk campaign is not sent to one customer: start it."
                    : "The campaign is not ready to be used.", "campaign").with("state", Names.of(campaign.state()));
        }
        if (to != Recipient.PRIMARY && campaign.kind() != CampaignKind.TRANSACTIONAL) {
            throw new ProblemException(Problem.INVALID_VALUE,
                    "Only a transactional campaign may go to a contact that is not the primary one.", "contact");
        }
        CampaignTexts texts = database.with(tx -> CampaignStore.texts(tx, campaign));
        return new Sendable(campaign, proves(texts));
    }

    private Optional<Purpose> proves(CampaignTexts texts) {
        Set<TextParameter> named = EnumSet.noneOf(TextParameter.class);
        texts.texts().values().forEach(content -> named.addAll(templates.apply(content).needs().secrets()));
        if (named.contains(TextParameter.AUTHORIZATION_CODE)) {
            return Optional.of(Purpose.AUTHORIZE);
        }
        return named.stream().anyMatch(CONTACT_CODES::contains) ? Optional.of(Purpose.CONFIRM_CONTACT)
                : Optional.empty();
    }

    /** What a campaign's messages go to. */
    static ContactType type(Campaign campaign) {
        return campaign.scope().channel() == Channel.SMS ? ContactType.MOBILE : ContactType.EMAIL;
    }
}
