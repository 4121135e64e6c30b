package io.countersign.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The set-up that the tests run on, as a provisioning file. */
record Provision(String text) {
    static final String KEY = "cs_test_website_0123456789abcdef";
    static final String OWNER = "cs_test_owner_0123456789abcdef";
    static final String OTHER_OWNER = "cs_test_other_owner_0123456789abcdef";

    private static final String SHOP = """
            providers:
              email: { kind: smtp, host: 127.0.0.1, port: %d, tls: none }
            projects:
              - slug: acme
                name: Acme
                time_zone: Europe/Berlin
                phone_region: DE
                email_blocklist: [ "*@blocked.test" ]
                limits: { form_posts_per_minute_and_ip: 100000 }
                brands:
                  - slug: shop
                    name: Acme Shop
                    double_opt_in: { email: true }
                    sender: { email: "Acme Shop <hello@acme.test>" }
                    language: en
                    topics:
                      - { slug: news, name: News, public: true }
                      - { slug: offers, name: Offers, public: true }
                      - { slug: vip, name: VIP, public: false }
                integrations:
                  - slug: website
                    brand: shop
                    keys: [ { name: main, secret: cs_test_website_0123456789abcdef } ]
                    verify: { email: true, mobile: true }
                forms:
                  - { id: newsletter, brand: shop, integration: website, topics: [news] }
                  - { id: single, brand: shop, integration: website, double_opt_in: off }
                operators:
                  - email: owner@acme.test
                    password: correct-horse-battery
                    role: owner
                    token: cs_test_owner_0123456789abcdef
              - slug: other
                name: Other
                limits: { form_posts_per_minute_and_ip: 3 }
                brands:
                  - slug: other
                    name: Other Shop
                    double_opt_in: { email: true }
                    sender: { email: "Other Shop <hello@other.test>" }
                integrations:
                  - { slug: other-site, brand: other }
                forms:
                  - { id: limited, brand: other, integration: other-site }
                operators:
                  - email: owner@other.test
                    password: correct-horse-battery
                    role: owner
                    token: cs_test_other_owner_0123456789abcdef
            """;

    /** Two projects: the second allows three posts of its form in a minute. */
    static Provision shop(SmtpSink sink) {
        return new Provision(SHOP.formatted(sink.port()));
    }

    /** The same with one thing said otherwise; it must have been there. */
    Provision with(String old, String changed) {
        if (!text.contains(old)) {
            throw new IllegalArgumentException("not in the file: " + old);
        }
        return new Provision(text.replace(old, changed));
    }

    void write(Path file) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
