package io.countersign.server.form;

import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Door;
import io.countersign.server.platform.http.Route;
import io.countersign.server.platform.pages.Languages;
import io.countersign.server.platform.pages.PageErrors;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.project.Catalogs;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The feature put together. */
public final class Forms {
    private Forms() {}

    /** What forms are built from. */
    public record Parts(Catalogs catalogs, Customers customers, Door door, Pages pages, Languages languages,
                        InstantSource clock, PageErrors errors) {}

    public static List<Route> routes(Parts parts) {
        var signUps = new SignUps(parts.customers(), parts.door());
        var limits = new FormLimits(parts.clock());
        return Stream.concat(new FormRoutes(parts.catalogs(), signUps, limits).routes().stream(),
                new HostedForm(parts, signUps, limits).routes().stream()).toList();
    }
}
