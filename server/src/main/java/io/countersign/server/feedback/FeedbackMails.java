package io.countersign.server.feedback;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.feedback.Feedbacks.Result;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.platform.Ids;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Takes mails that came back, by whatever way they got here. */
final class FeedbackMails {
    private final Feedbacks feedbacks;
    private final SignedLinks links;
    private final Ids ids;
    private final InstantSource clock;

    FeedbackMails(Feedbacks feedbacks, SignedLinks links, Ids ids, InstantSource clock) {
        this.feedbacks = feedbacks;
        this.links = links;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Takes one mail as it is on the wire; when it returns, what it told is durable. A mail that is none of ours is
     * kept in a line for operators.
     *
     * @param envelope who it was delivered to, where that is known
     * @throws UnreadableMail when nothing can be understood; nothing was changed
     */
    Result take(ProjectId project, byte[] mail, Optional<String> envelope) throws UnreadableMail {
        List<MailBlock> blocks = MailBlocks.read(mail);
        Optional<List<Feedback>> told = new MailFeedback(blocks, new MessageProofs(links, project), envelope,
                ReportKeys.hash(mail)).read();
        if (told.isPresent()) {
            return feedbacks.take(project, Source.MAIL, told.get());
        }
        return keep(project, "not_understood", blocks.getFirst().first("subject"), envelope);
    }

    /** Keeps a mail that cannot be read in a line for operators. */
    Result keep(ProjectId project, UnreadableMail why) {
        return keep(project, "unreadable", Optional.of(why.getMessage()), Optional.empty());
    }

    private Result keep(ProjectId project, String reason, Optional<String> detail, Optional<String> envelope) {
        feedbacks.keep(project, new Unmatched(ids.next(), clock.instant(), Source.MAIL.word(), "mail", reason,
                envelope, detail));
        return new Result(0, 0, 1);
    }
}
