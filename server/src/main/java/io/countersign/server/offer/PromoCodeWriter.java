package io.countersign.server.offer;

import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.customer.CustomerStore;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.offer.PromoCodeStore.Wish;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Promo codes being given out: each to one customer, never twice, and told in the customer's history. */
final class PromoCodeWriter {
    private final Customers customers;
    private final Ids ids;
    private final InstantSource clock;

    PromoCodeWriter(Customers customers, Ids ids, InstantSource clock) {
        this.customers = customers;
        this.ids = ids;
        this.clock = clock;
    }

    /** What came of a wish for a code. */
    sealed interface Issue {
        /** @param fresh whether it was given out now, or had been for the same request */
        record Given(String code, boolean fresh) implements Issue {}

        record Empty() implements Issue {}

        record UnknownCustomer() implements Issue {}
    }

    /**
     * Gives a customer a code. Of two calls for the same request at once, the later one meets the unique key of the
     * earlier, begins again, and finds its code.
     *
     * @param request what it is for; without one every call is another
     */
    Issue issue(ProjectId project, int pool, UUID customer, Optional<String> request, Teller teller) {
        String wanted = request.map(key -> customer + ":" + key).orElseGet(() -> "call:" + ids.next());
        return customers.within(project, 1, (tx, door) -> issue(tx, door, new Asked(project, pool, customer, wanted),
                teller));
    }

    /** Who gives it, for the history. */
    record Teller(BrandId brand, String pool, Origin origin) {}

    private record Asked(ProjectId project, int pool, UUID customer, String request) {}

    private Issue issue(Tx tx, Customers.Applier door, Asked asked, Teller teller) throws SQLException {
        Optional<UUID> holder = CustomerStore.living(tx, asked.project(), asked.customer());
        if (holder.isEmpty()) {
            return new Issue.UnknownCustomer();
        }
        var told = new Change.IssueAction(teller.brand(), "promo_code_issued", Map.of("pool", teller.pool()));
        String before = PromoCodeStore.given(tx, asked.project(), asked.pool(), List.of(asked.request()))
                .get(asked.request());
        if (before != null) {
            return new Issue.Given(before, false);
        }
        String code = PromoCodeStore.issue(tx, asked.project(), asked.pool(),
                List.of(new Wish(holder.get(), asked.request())), clock.instant()).get(asked.request());
        if (code == null) {
            return new Issue.Empty();
        }
        door.apply(List.of(Submission.of(new CustomerCommand(new Who.ById(holder.get()), IfUnknown.REFUSE,
                List.of(told), teller.origin(), customers.fresh()))));
        return new Issue.Given(code, true);
    }
}
