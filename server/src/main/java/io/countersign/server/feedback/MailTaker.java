package io.countersign.server.feedback;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.DatabaseException;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Takes the mails of mailboxes, one after the other. */
final class MailTaker {
    private static final System.Logger LOG = System.getLogger(MailTaker.class.getName());

    private final FeedbackMails mails;

    MailTaker(FeedbackMails mails) {
        this.mails = mails;
    }

    /**
     * Takes a mail. What cannot be read, now or ever, must not hold up those behind it.
     *
     * @return false when it is to be put aside; why is kept for operators
     * @throws DatabaseException when it must be taken later
     */
    boolean take(ProjectId project, byte[] mail) {
        try {
            mails.take(project, mail, Optional.empty());
            return true;
        } catch (UnreadableMail e) {
            putAside(project, e);
        } catch (DatabaseException e) {
            throw e;
        } catch (RuntimeException | Error e) { // or it would be the first again at every look
            LOG.log(Level.WARNING, "a mail that came back cannot be taken", e);
            putAside(project, new UnreadableMail("fault of this server: " + e.getClass().getSimpleName()));
        }
        return false;
    }

    /** A mail that is not even read. */
    void putAside(ProjectId project, UnreadableMail why) {
        mails.keep(project, why);
    }
}
