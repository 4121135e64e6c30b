package io.countersign.server.project;

import java.util.List;

/**
 * What applying a file did.
 *
 * @param generated secrets that the file left out: stored as hashes only, so this is the one time to show
 *     them
 */
public record ProvisionReport(List<Change> changes, List<Generated> generated) {
    public ProvisionReport {
        changes = List.copyOf(changes);
        generated = List.copyOf(generated);
    }

    /** One thing that the file describes, in words: {@code brand shop of acme}. */
    public record Change(Kind kind, String what) {
        @Override
        public String toString() {
            return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + what;
        }
    }

    /** What happened to it. */
    public enum Kind {
        CREATED, CHANGED, UNCHANGED
    }

    /** A secret made by the server, and what it is for. */
    public record Generated(String what, Concealed secret) {}

    /** Whether anything is different now. */
    public boolean changed() {
        return changes.stream().anyMatch(change -> change.kind() != Kind.UNCHANGED);
    }

    /** How many things a run created, changed, or found as described. */
    public long count(Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }
}
