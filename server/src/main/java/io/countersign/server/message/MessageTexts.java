package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Database;
import io.countersign.server.text.MessageText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The texts of transactional messages, each stored once; a message names the one it says. */
public final class MessageTexts {
    /** Names the built-in text that carries a code, written in the language of who gets it. */
    public static final String BUILT_IN_CODE = "code";
    /** Names the built-in texts with the link by which a person confirms a request about his data. */
    public static final String PRIVACY_DOWNLOAD = "privacy_download";
    public static final String PRIVACY_ERASURE = "privacy_erasure";

    /** Name the built-in answers to STOP, START and HELP. */
    public static final String BUILT_IN_STOPPED = "sms_stopped";
    public static final String BUILT_IN_STARTED = "sms_started";
    public static final String BUILT_IN_HELP = "sms_help";

    private MessageTexts() {}

    /** Keeps a text and answers the name under which a message of this project can say it; harmless when repeated. */
    public static String store(Database database, ProjectId project, MessageText text) {
        return database.with(tx -> TextStore.store(tx, project, name(text.parts()), text.parts()));
    }

    /** The lengths keep parts apart that would read the same side by side. */
    private static String name(MessageText.Parts parts) {
        String all = parts.subject().length() + ":" + parts.html().length() + ":" + parts.subject() + parts.html()
                + parts.text();
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
