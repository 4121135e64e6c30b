package io.countersign.acceptance;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Projects for tests of campaigns, on the server that operations are tested on: what they hold is nobody else's. */
final class LetterSetUp {
    private static final String FILE = """
              - slug: %1$s
                name: Letters
                time_zone: Europe/Berlin
                phone_region: DE
                limits: { form_posts_per_minute_and_ip: 10 }
                brands:
                  - slug: %1$s
                    name: Acme Letters
                    double_opt_in: { email: true, sms: true }
                    sender: { email: "Acme Letters <hello@%1$s.test>", sms: LETTERS }
                    topics: [ { slug: news, name: News, public: true }, { slug: offers, name: Offers, public: true } ]
                integrations:
                  - slug: %1$s-site
                    brand: %1$s
                    keys: [ { name: main, secret: %2$s } ]
                    verify: { email: true, mobile: true }
                    operations:
                      - { name: Register, step: register }
                      - { name: Edit, step: edit }
                      - { name: ResendEmailCode, step: resend-code, channel: email }
                      - name: SendLink
                        step: send-message
                        contact: primary
                        message:
                          subject: Is this yours?
                          html: >-
                            <a
                            href="https://shop.example/?direct-crm-ticket=${Ticket.EmailConfirmationLinkTicket}">Yes</a>
                          text: "https://shop.example/?direct-crm-ticket=${Ticket.EmailConfirmationLinkTicket}"
                      - name: SendTicketToNew
                        step: send-message
                        contact: non_primary
                        message:
                          subject: Is this yours?
                          text: "http://localhost/c/${Ticket.EmailConfirmationLinkTicket}"
                forms:
                  - { id: %1$s, brand: %1$s, integration: %1$s-site, topics: [ news ] }
                operators:
                  - email: owner@%1$s.test
                    password: correct-horse-battery
                    role: owner
                    token: %3$s
            """;

    private LetterSetUp() {}

    /** Each has a brand, a form and an integration; brand and form are called as it is. */
    enum Project {
        /** For whoever only needs people and brands of his own. */
        LETTERS,
        /** Of one test alone, which looks at everybody in it. */
        SCANNED;

        String slug() {
            return name().toLowerCase(Locale.ROOT);
        }

        String integration() {
            return slug() + "-site";
        }

        String key() {
            return "cs_test_" + slug() + "_site_0123456789abcdef";
        }

        String owner() {
            return "cs_test_" + slug() + "_owner_0123456789abcdef";
        }
    }

    /** More projects for a provisioning file. */
    static String projects() {
        return Stream.of(Project.values()).map(project -> FILE.formatted(project.slug(), project.key(),
                project.owner())).collect(Collectors.joining());
    }
}
