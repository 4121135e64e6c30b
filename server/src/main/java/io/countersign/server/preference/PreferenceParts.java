package io.countersign.server.preference;

import io.countersign.server.customer.Customers;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.link.Visits;
import io.countersign.server.platform.database.Database;
import io.countersign.server.privacy.PrivacyRequests;
import io.countersign.server.project.Catalogs;
import io.countersign.server.tracking.Readings;
import java.time.InstantSource;

/** What the pages are built from. */
public record PreferenceParts(Database database, Catalogs catalogs, Customers customers, SignedLinks links,
                              Visits visits, Readings readings, PrivacyRequests privacy, InstantSource clock) {}
