package io.countersign.server.project;

import java.util.List;

/** A file was refused and nothing was changed. */
public final class ProvisionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Wrong> wrongs;

    ProvisionException(List<Wrong> wrongs) {
        super(String.join("\n", wrongs.stream().map(Wrong::line).toList()));
        this.wrongs = List.copyOf(wrongs);
    }

    /**
     * One thing that is wrong.
     *
     * @param path of keys to where it stands, empty for the whole file
     * @param what the end of a sentence: {@code must be true or false}
     * @param line all of it: {@code file:line: path.to.key: what}
     */
    public record Wrong(String path, String what, String line) {}

    /** Each error as one line: {@code file:line: path.to.key: what}. */
    public List<String> errors() {
        return wrongs.stream().map(Wrong::line).toList();
    }

    /** The first of the errors. */
    public Wrong first() {
        return wrongs.getFirst();
    }
}
