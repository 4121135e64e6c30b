package io.countersign.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.testing.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private final Database database = TestPostgres.open(TestPostgres.url());

    @BeforeEach
    void create() {
        database.with(tx -> tx.update("create table people (email text primary key)"));
        add("ann@example.org");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void add(String email) {
        database.with(tx -> tx.update("insert into people values (?)", email));
    }

    /** Messages come into the log. */
    @Test
    void whatARowHoldsIsNotInTheMessageOfAnError() {
        assertThatThrownBy(() -> add("ann@example.org")).isInstanceOf(DatabaseException.class)
                .hasMessageContaining("people_pkey").hasMessageNotContaining("ann")
                .satisfies(e -> assertThat(((DatabaseException) e).isConflict()).isTrue());
    }

    @Test
    void whatCanBeUndoneLeavesNothingAndTheRestStays() {
        int people = database.transaction(tx -> {
            tx.update("insert into people values ('bob')");
            assertThatThrownBy(() -> tx.undoable(inner -> {
                inner.update("insert into people values ('cid')");
                return inner.update("insert into people values ('ann@example.org')");
            })).isInstanceOf(DatabaseException.class);
            assertThatThrownBy(() -> tx.undoable(inner -> {
                inner.update("insert into people values ('dan')");
                throw new IllegalStateException("for another reason");
            })).hasMessage("for another reason");
            return tx.undoable(inner -> inner.update("insert into people values ('eva')"));
        });
        assertThat(people).isOne();
        List<String> left = database.with(tx -> tx.list("select email from people order by 1",
                row -> row.text("email")));
        assertThat(left).containsExactly("ann@example.org", "bob", "eva");
    }
}
