package io.countersign.server.feedback;

import io.countersign.server.feedback.MailboxSettings.Maildir;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a Maildir: what was taken goes from {@code new} to {@code cur}, what cannot be read to a folder beside. */
final class MaildirMailbox {
    /** The folder of mails that were put aside, as Maildir++ names one. */
    static final String ASIDE = ".Unreadable";
    private static final String SEEN = ":2,S";

    private final MailTaker taker;

    MaildirMailbox(MailTaker taker) {
        this.taker = taker;
    }

    /** Takes at most so many mails; answers how many. */
    int read(Maildir maildir, int most) throws IOException {
        List<Path> files = files(maildir.path().resolve("new"), most);
        for (Path file : files) {
            boolean taken = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && take(maildir, file);
            Path target = maildir.path().resolve(taken ? "cur" : ASIDE + "/cur");
            Files.createDirectories(target);
            Files.move(file, target.resolve(file.getFileName() + SEEN)); // after the commit; again is no harm
        }
        return files.size();
    }

    private boolean take(Maildir maildir, Path file) throws IOException {
        if (Files.size(file) > MailBlocks.LARGEST) {
            taker.putAside(maildir.project(), new UnreadableMail("larger than " + MailBlocks.LARGEST + " bytes"));
            return false;
        }
        return taker.take(maildir.project(), Files.readAllBytes(file));
    }

    private static List<Path> files(Path directory, int most) throws IOException {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                if (files.size() == most) {
                    break;
                }
                files.add(file);
            }
        }
        return files;
    }
}
