package io.countersign.server.operation;

import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.message.InvalidMessageText;
import io.countersign.server.message.MessageText;
import io.countersign.server.message.MessageTexts;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.OperationSettings.InlineMessage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The texts of operations among the other texts of their project; one that is known to be kept is not kept again. */
public final class StoredContents implements MessageContents {
    private static final int MOST_KNOWN = 1000;

    private final Database database;
    private final Map<Key, Content> known = new ConcurrentHashMap<>();

    private record Key(ProjectId project, ContactType type, InlineMessage message) {}

    public StoredContents(Database database) {
        this.database = database;
    }

    @Override
    public Content of(ProjectId project, ContactType type, InlineMessage message) {
        var key = new Key(project, type, message);
        Content content = known.get(key);
        if (content == null) {
            content = store(project, type, message);
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            known.put(key, content);
        }
        return content;
    }

    private Content store(ProjectId project, ContactType type, InlineMessage message) {
        try {
            MessageText text = MessageText.of(message.subject().orElse(""), message.html().orElse(""),
                    message.text().orElse("")).requireFor(type);
            return new Content(MessageTexts.store(database, project, text), text.proves());
        } catch (InvalidMessageText e) {
            throw new ProblemException(Problem.INVALID_VALUE,
                    "The message of the operation cannot be sent: " + e.getMessage(), "operation");
        }
    }

    @Override
    public Content code() {
        return new Content(MessageTexts.BUILT_IN_CODE, Optional.of(Purpose.CONFIRM_CONTACT));
    }
}
