package io.countersign.acceptance;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The set-up that operations are tested on: one project with integrations of every kind, each with the same
 * operations, and a second project that verifies nothing.
 */
final class OperationSetUp {
    /** What the operation {@code Limited} allows. */
    static final int CALLS_PER_MINUTE = 3;

    private static final String FILE = """
            providers:
              email: { kind: smtp, host: 127.0.0.1, port: %d, tls: none }
              sms: { kind: catcher }
            projects:
              - slug: acme
                name: Acme
                time_zone: Europe/Berlin
                phone_region: DE
                email_blocklist: [ "*@blocked.test" ]
                brands:
                  - slug: shop
                    name: Acme Shop
                    double_opt_in: { email: true, sms: true }
                    sender: { email: "Acme Shop <hello@acme.test>", sms: ACME }
                    language: en
                    topics:
                      - { slug: news, name: News, public: true }
                integrations:
            %s
                operators:
                  - email: owner@acme.test
                    password: correct-horse-battery
                    role: owner
                    token: cs_test_owner_0123456789abcdef
              - slug: plain
                name: Plain
                phone_region: DE
                brands:
                  - slug: plain
                    name: Plain
                    sender: { email: "Plain <hello@plain.test>", sms: PLAIN }
                    topics: [ { slug: news, name: News, public: true } ]
                integrations:
            %s
                operators:
                  - email: owner@plain.test
                    password: correct-horse-battery
                    role: owner
                    token: cs_test_other_owner_0123456789abcdef
            """;

    private static final String OPERATIONS = """
                          - { name: Register, step: register }
                          - { name: Subscribe, step: create-and-subscribe }
                          - { name: Import, step: import }
                          - { name: Edit, step: edit }
                          - { name: Append, step: append }
                          - { name: RegisterOrAppend, step: register-or-append }
                          - { name: EditUnauthorized, step: edit-unauthorized }
                          - { name: Get, step: get }
                          - { name: Merge, step: merge }
                          - { name: ConfirmEmail, step: confirm-email }
                          - { name: ConfirmPhone, step: confirm-mobile-and-sms }
                          - { name: ConfirmPhoneHere, step: confirm-mobile-client-side }
                          - { name: ResendCode, step: resend-code }
                          - { name: ResendEmailCode, step: resend-code, channel: email }
                          - { name: GenerateCode, step: generate-authorization-code, lifetime: 5m }
                          - { name: CheckCode, step: check-authorization-code }
                          - { name: Strict, step: import, returns_validation_errors: true }
                          - { name: StrictRegister, step: register, returns_validation_errors: true }
                          - { name: Limited, step: get, calls_per_minute: 3 }
                          - name: SendCodeBySms
                            step: send-message
                            channel: sms
                            contact: primary
                            message: { text: "Log in with ${Recipient.AuthentificationCode}" }
                          - name: SendLink
                            step: send-message
                            channel: email
                            contact: primary
                            message:
                              subject: Is this yours?
                              text: "http://localhost:9000/?direct-crm-ticket=${Ticket.EmailConfirmationLinkTicket}"
                          - name: SendLinkToNew
                            step: send-message
                            channel: email
                            contact: non_primary
                            message:
                              subject: Is this yours?
                              text: "http://localhost:9000/?direct-crm-ticket=${Ticket.EmailConfirmationLinkTicket}"
            """;

    private OperationSetUp() {}

    /** An integration of the set-up, with what it says of contacts that come through it. */
    enum Point {
        /** Verifies both types. */
        WEBSITE("website", "{ email: true, mobile: true }", "{ email: false, mobile: false }"),
        /** Verifies neither. */
        PARTNER("partner", "{ email: false, mobile: false }", "{ email: false, mobile: false }"),
        /** Verifies both types; its addresses open accounts. */
        LOGIN_BY_EMAIL("login-by-email", "{ email: true, mobile: true }", "{ email: true, mobile: false }"),
        /** Verifies both types; its numbers open accounts. */
        LOGIN_BY_PHONE("login-by-phone", "{ email: true, mobile: true }", "{ email: false, mobile: true }"),
        /** Of the project that verifies nothing. */
        PLAIN("plain-site", "{ email: false, mobile: false }", "{ email: false, mobile: false }");

        final String slug;
        private final String verify;
        private final String access;

        Point(String slug, String verify, String access) {
            this.slug = slug;
            this.verify = verify;
            this.access = access;
        }

        String key() {
            return "cs_test_" + slug.replace('-', '_') + "_0123456789abcdef";
        }

        /** The token of an operator of its project. */
        String owner() {
            return this == PLAIN ? Provision.OTHER_OWNER : Provision.OWNER;
        }

        private String text() {
            return """
                      - slug: %s
                        brand: %s
                        keys: [ { name: main, secret: %s } ]
                        verify: %s
                        account_access: %s
                        sites: [ "http://localhost:9000" ]
                        operations:
                    """.formatted(slug, this == PLAIN ? "plain" : "shop", key(), verify, access).indent(6)
                    + OPERATIONS;
        }
    }

    static Provision of(SmtpSink sink) {
        return new Provision(FILE.formatted(sink.port(), texts(List.of(Point.WEBSITE, Point.PARTNER,
                Point.LOGIN_BY_EMAIL, Point.LOGIN_BY_PHONE)), texts(List.of(Point.PLAIN))) + LetterSetUp.projects());
    }

    private static String texts(List<Point> points) {
        return points.stream().map(Point::text).collect(Collectors.joining()).stripTrailing();
    }
}
