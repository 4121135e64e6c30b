package io.countersign.server.privacy;

import java.util.List;

/**
 * One part of a person's data as it is shown: things of one kind, each with its fields.
 *
 * @param note what is to be said about all of them; may be empty
 */
public record ExportSection(String name, String note, List<List<Field>> rows) {
    /** A value and what it is called. */
    public record Field(String name, String value) {}
}
