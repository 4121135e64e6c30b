package io.countersign.server.project;

import io.countersign.server.platform.Secrets;
import io.countersign.server.project.ProvisionReport.Generated;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A first set-up to look around in, with which the whole double opt-in can be walked through in a browser.
 */
public final class Demonstration {
    private static final String PROVIDERS = "providers: { email: { kind: catcher } }\n";
    private static final String PROJECTS = """
            projects:
              - slug: demo
                name: Demonstration
                brands:
                  - slug: demo
                    name: Demo Shop
                    double_opt_in: { email: true }
                    sender: { email: "Demo Shop <hello@demo.test>" }
                    language: en
                    topics:
                      - { slug: news, name: News, public: true }
                      - { slug: offers, name: Offers, public: true }
                integrations:
                  - { slug: demo, brand: demo, verify: { email: true, mobile: true } }
                forms:
                  - { id: newsletter, brand: demo, integration: demo, topics: [news, offers] }
                operators:
                  - { email: owner@demo.test, role: owner, token: %s }
            """;

    private final Provisioning provisioning;
    private final Catalogs catalogs;
    private final Secrets secrets;

    public Demonstration(Provisioning provisioning, Catalogs catalogs, Secrets secrets) {
        this.provisioning = provisioning;
        this.catalogs = catalogs;
        this.secrets = secrets;
    }

    /** What to print once: names, and secrets that are stored as hashes only. */
    public record Account(String project, String form, String email, Concealed password, Concealed token,
                          Concealed key) {}

    /** Sets the demonstration up on a server without any project; on others nothing happens. */
    public Optional<Account> provision() {
        String token = "csk_" + secrets.fresh(32);
        String text = (catalogs.current().emailProvider().isEmpty() ? PROVIDERS : "")
                + PROJECTS.formatted(token);
        ProvisionFile file = ProvisionFile.parse("demonstration", text.getBytes(StandardCharsets.UTF_8));
        return provisioning.applyFirst(file)
                .map(report -> new Account("demo", "newsletter", "owner@demo.test",
                generated(report, "password"), new Concealed(token), generated(report, "key")));
    }

    private static Concealed generated(ProvisionReport report, String kind) {
        return report.generated().stream().filter(made -> made.what().startsWith(kind)).map(Generated::secret)
                .findFirst().orElseThrow();
    }
}
