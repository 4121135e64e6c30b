package io.countersign.server.operation;

import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change.Recipient;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.campaign.CampaignSending;
import io.countersign.server.message.MessageTexts;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.OperationSettings.InlineMessage;
import io.countersign.server.text.InvalidMessageText;
import io.countersign.server.text.MessageText;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The texts of operations, kept where messages find them; each is written once by a node. */
public final class StoredContents implements MessageContents {
    private static final int MOST_REMEMBERED = 1_000;

    private final Database database;
    private final CampaignSending campaigns;
    private final Map<Known, Content> known = new ConcurrentHashMap<>();

    private record Known(ProjectId project, ContactType type, InlineMessage message) {}

    public StoredContents(Database database, CampaignSending campaigns) {
        this.database = database;
        this.campaigns = campaigns;
    }

    @Override
    public Content of(ProjectId project, ContactType type, InlineMessage message) {
        var wanted = new Known(project, type, message);
        Content before = known.get(wanted);
        if (before != null) {
            return before;
        }
        if (known.size() >= MOST_REMEMBERED) {
            known.clear();
        }
        Content kept = kept(wanted);
        known.put(wanted, kept);
        return kept;
    }

    private Content kept(Known wanted) {
        InlineMessage message = wanted.message();
        try {
            MessageText text = MessageText.of(message.subject().orElse(""), message.html().orElse(""),
                    message.text().orElse("")).requireFor(wanted.type());
            return new Content(MessageTexts.store(database, wanted.project(), text), text.proves());
        } catch (InvalidMessageText e) {
            throw new ProblemException(Problem.INVALID_VALUE,
                    "The message of this operation cannot be sent: " + e.getMessage());
        }
    }

    @Override
    public OfCampaign campaign(ProjectId project, String slug, Recipient to, String custom) {
        CampaignSending.Sendable sendable = campaigns.sendable(project, slug, to);
        return new OfCampaign(sendable.campaign().scope().brand(), sendable.type(),
                new Content(sendable.content(custom), sendable.proves()));
    }

    @Override
    public Content code() {
        return new Content(MessageTexts.BUILT_IN_CODE, Optional.of(Purpose.CONFIRM_CONTACT));
    }
}
