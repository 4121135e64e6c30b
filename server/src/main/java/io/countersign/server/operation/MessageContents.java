package io.countersign.server.operation;

import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change.Recipient;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.project.OperationSettings.InlineMessage;
import java.util.Optional;

/** Where the texts are that operations send. */
public interface MessageContents {
    /**
     * A text that messages can refer to.
     *
     * @param name   by which a message refers to it
     * @param proves what its code or link proves, if it has one
     */
    record Content(String name, Optional<Purpose> proves) {}

    /** The text of an operation, kept if it is not yet. */
    Content of(ProjectId project, ContactType type, InlineMessage message);

    /**
     * A campaign that can be sent now.
     *
     * @param custom what its text is filled with besides, a JSON object, or the empty text
     * @throws io.countersign.server.platform.http.ProblemException when there is none, or it is not ready
     */
    OfCampaign campaign(ProjectId project, String slug, Recipient to, String custom);

    /** What a campaign sends, for which brand, and by which channel. */
    record OfCampaign(BrandId brand, ContactType type, Content content) {}

    /** The built-in text with a code, in the language of whoever gets it. */
    Content code();
}
