package io.countersign.server.platform.database;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * A piece of SQL with the values of its question marks, for statements that are put together. Texts are written in the
 * code; what comes from outside is a value, never text.
 */
public record Sql(String text, List<Object> values) {
    public Sql {
        values = Collections.unmodifiableList(new ArrayList<>(values)); // a value may be null
    }

    public static Sql of(String text, Object... values) {
        return new Sql(text, java.util.Arrays.asList(values));
    }

    /** This, and then {@code more}. */
    public Sql then(Sql more) {
        var both = new ArrayList<>(values);
        both.addAll(more.values);
        return new Sql(text + more.text, both);
    }

    public Sql then(String more, Object... moreValues) {
        return then(of(more, moreValues));
    }

    /** All of them, with {@code between} between each two. */
    public static Sql joined(Collection<Sql> parts, String between) {
        Sql all = of("");
        for (Iterator<Sql> each = parts.iterator(); each.hasNext(); ) {
            all = all.then(each.next()).then(each.hasNext() ? between : "");
        }
        return all;
    }
}
