package io.countersign.server.project;

import java.util.List;

/** The words about each key of a provisioning file; what a value must be comes from the reader. */
final class ProvisioningKeys {
    /** Keys whose value is a list of texts. */
    static final List<String> TEXTS = List.of("email_blocklist", "sites");

    private static final String STRANGE = "\"\\a\"";

    static final List<Section> SECTIONS = List.of(
            new Section("providers.email: SMTP",
            "How mails leave, for the whole server. Without this key mails go into"
                    + " the catcher. `{ kind: catcher }` keeps them in the built-in catcher at `/mail`, "
                    + "where only the"
                    + " machine itself can read them.",
                    "providers: { email: { %s } }", "kind: smtp, host: localhost",
                    key("kind", "needed", "`smtp` or `catcher`"),
                    key("host", "needed", "The mail server"),
                    key("port", "25, 587 or 465 by `tls`", "Its port"),
                    key("tls", "`starttls`",
                    "`starttls`: begins in clear and must be upgraded; `tls`: encrypted from the"
                            + " first octet; `none`: clear text, for a relay on the same machine. "
                            + "Certificates are"
                            + " always checked"),
                    key("user", "no login", "Goes with `password`"),
                    key("password", "no login", "Stored encrypted with the server's key"),
                    key("from", "the brand's `sender`", "Where bounces go of brands without a `return_domain`"),
                    key("connections", "8", "Open at once, of each node"),
                    key("rate_per_second", "no limit", "Mails a second of each node"),
                    key("per_domain", "no limits", "How fast each node mails receiving domains, see below")),
            new Section("providers.email.per_domain[]", "How fast each node mails a receiving domain.",
                    "providers: { email: { kind: smtp, host: a, per_domain: [ { %s } ] } }", "domain: a.test",
                    key("domain", "needed", "A domain, or `*` for all that are not named"),
                    key("per_second", "no limit", "Mails a second")),
            new Section("providers.sms", "How text messages leave, for the whole server, see [SMS](../guides/sms.md)."
                    + " Without this key they go into the catcher, as with `{ kind: catcher }`.",
                    "providers: { sms: { %s } }", "",
                    key("kind", "needed", "`catcher`, `http` or `smpp`")),
            new Section("providers.sms: HTTP", "A gateway that takes the request of Twilio.",
                    "providers: { sms: { %s } }", "kind: http, url: \"https://a\", account: a, token: t",
                    key("kind", "needed", "`http`"),
                    key("url", "needed", "Where the gateway's paths begin"),
                    key("account", "needed", "In the path, and the user of the login"),
                    key("token", "needed", "Password of the login; stored encrypted with the server's key"),
                    key("from", "the brand's `sender.sms`",
                    "What is sent from instead: a number, a name, or the id of a messaging service")),
            new Section("providers.sms: SMPP", "An SMS centre that speaks SMPP 3.4.",
                    "providers: { sms: { %s } }", "kind: smpp, host: a, system_id: b, password: c",
                    key("kind", "needed", "`smpp`"),
                    key("host", "needed", "The SMS centre"),
                    key("port", "2775 or 3550 by `tls`", "Its port"),
                    key("tls", "`none`", "`tls`: encrypted from the first octet, certificate and name checked; `none`:"
                    + " clear text, for a network of your own"),
                    key("system_id", "needed", "User of the login"),
                    key("password", "needed", "Stored encrypted with the server's key"),
                    key("system_type", "empty", "Where the centre asks for one"),
                    key("source_ton", "by the sender", "Type of number of senders: 5 for names, 1 for numbers, 3 for"
                    + " short codes, unless set"),
                    key("source_npi", "by the sender", "Numbering plan of senders: 1 for numbers, else 0, unless set"),
                    key("window", "10", "Requests that may wait for their answer at once")),
            new Section("projects[]", "A tenant: nothing crosses it.", "projects: [ { %s } ]", "slug: a",
                    key("slug", "needed", "The project's name in paths; finds it again"),
                    key("name", "the slug", "For people"),
                    key("time_zone", "the machine's", "Kept; nothing shows local times yet"),
                    key("phone_region", "none",
                    "For numbers without country code; without it such numbers are refused"),
                    key("keep_explicit_subscribed", "false",
                    "Whether a channel that is explicitly Subscribed stays so"
                            + " when somebody is asked to confirm again, see "
                            + "[subscriptions](subscriptions.md)"),
                    key("email_blocklist", "empty",
                    "Addresses that nobody may sign up with; `*` stands for anything"),
                    key("erasure_needs_approval", "true",
                    "Whether an operator decides about an erasure that a person has asked for, see "
                    + "[privacy](../guides/privacy.md)"),
                    key("limits.resend_cooldown_seconds", "60",
                    "Least time between two mails about one request"),
                    key("limits.mails_per_day", "5", "Most mails about one request in 24 hours"),
                    key("limits.form_posts_per_minute_and_ip", "5",
                    "Posts of one form from one address; an IPv6 address"
                            + " counts as its /64"),
                    key("limits.code_failures_per_day_and_contact", "10",
                    "Wrong codes for one address or phone in 24 hours; a new code does not clear them"),
                    key("limits.code_failures_per_day_and_ip", "50",
                    "Wrong codes from one network in 24 hours, where the caller tells it"),
                    key("limits.sms_codes_per_day_and_number", "10", "SMS with codes to one number"),
                    key("limits.sms_codes_per_hour_and_prefix", "50",
                    "SMS with codes to numbers that differ in the last four digits only"),
                    key("limits.sms_codes_per_hour_and_ip", "20", "SMS with codes that one network asks for"),
                    key("brands", "none", "See below"),
                    key("integrations", "none", "See below"),
                    key("forms", "none", "See below"),
                    key("operators", "none", "See below")),
            new Section("projects[].feedback.imap", "A mailbox that bounces and complaints come back to, see [bounces"
                    + " and complaints](../guides/bounces-and-complaints.md).",
                    "projects: [ { slug: a, feedback: { imap: { %s } } } ]", "host: a, user: b, password: c",
                    key("host", "needed", "The IMAP server"),
                    key("port", "993 or 143 by `tls`", "Its port"),
                    key("tls", "`tls`", "`tls`: encrypted from the first octet; `starttls`: begins in clear and must be"
                            + " upgraded; `none`: clear text, on the same machine. Certificates are always checked"),
                    key("user", "needed", "Of the login"),
                    key("password", "needed", "Stored encrypted with the server's key"),
                    key("folder", "`INBOX`", "Whose unseen mails are taken, and marked seen")),
            new Section("projects[].feedback.maildir", "The same as a directory of this machine, in which a mail server"
                    + " puts mails.",
                    "projects: [ { slug: a, feedback: { maildir: { %s } } } ]", "path: /a",
                    key("path", "needed", "The Maildir; the server must be able to move files in it")),
            new Section("projects[].brands[]", "A sender identity inside a project.",
                    "projects: [ { slug: a, brands: [ { %s } ] } ]", "slug: b",
                    key("slug", "needed", "Finds it again; in the `brand=` of requests"),
                    key("name", "the slug", "Whom mails and pages speak of"),
                    key("double_opt_in.email", "false", "New subscriptions by email wait for a confirmation"),
                    key("double_opt_in.sms", "false", "The same for SMS"),
                    key("sender.email", "none",
                    "`From` of mails. Without it no mail goes out: messages are skipped with"
                            + " the reason `no_sender`"),
                    key("sender.sms", "none", "Sender of text messages. Without it no SMS goes out"),
                    key("require_verified_contact", "false", "Marketing needs a verified contact as well, see"
                            + " [eligibility](eligibility.md)"),
                    key("language", "`en`", "Of pages and mails, where the person's is not known"),
                    key("messages_per_day", "none: as many as there are",
                    "Most marketing messages to one person in 24 hours; an empty text takes the limit away"),
                    key("tracking.opens", "true", "Whether it is noted that a mail was opened"),
                    key("tracking.clicks", "true", "Whether it is noted that a link was followed"),
                    key("look.accent_color", "none", "Of buttons and links on pages and in mails"),
                    key("look.logo_url", "none", "An image above pages and mails"),
                    key("postal_address", "none", "In the foot of marketing mails; may have several lines"),
                    key("landing_url", "none: a page of the server",
                    "Where people are led when they have confirmed"),
                    key("return_domain", "none: the sender",
                    "A domain whose mail you receive: bounces come to it, at an address that names the message"),
                    key("dkim", "none", "What mails are signed with, see below"),
                    key("topics", "none", "What people can subscribe to"),
                    key("topics[].slug", "needed", "Finds it again"),
                    key("topics[].name", "the slug", "For people"),
                    key("topics[].public", "false", "Whether people may choose it themselves")),
            new Section("projects[].brands[].dkim[]", "A key that signs the brand's mails, see"
                    + " [real mail](../guides/email.md). One that is there stays as it is, also when it was retired.",
                    "projects: [ { slug: a, brands: [ { slug: b, dkim: [ { %s } ] } ] } ]",
                    "domain: a.test, selector: s",
                    key("domain", "needed", "That of the sender, or one above it"),
                    key("selector", "needed", "With the domain it finds the key again; the record stands at"
                            + " `SELECTOR._domainkey.DOMAIN`"),
                    key("algorithm", "`rsa-sha256`", "Of a pair that the server makes; what is to be published is"
                            + " printed then"),
                    key("private_key", "made by the server", "One of your own, of 2048 to 4096 bits; stored encrypted"
                            + " with the server's key")),
            new Section("projects[].integrations[]", "A named way in. Slugs are unique on the server.",
                    "projects: [ { slug: a, integrations: [ { %s } ] } ]", "slug: i",
                    key("slug", "needed", "Finds it again"),
                    key("brand", "needed for a new one", "The brand's slug"),
                    key("active", "true", "An integration that is not active opens no door"),
                    key("keys", "one key named `main`, generated and printed",
                    "Keys for `Authorization: Bearer`"),
                    key("keys[].name", "`main`",
                    "Finds it again; another secret under the name replaces the old one"),
                    key("keys[].secret", "generated and printed", "The key itself; unique on the server"),
                    key("keys[].test", "false",
                    "A key for trying: it opens nothing 12 hours after it was made"),
                    key("keys[].revoked", "false",
                    "Closes the key for good reasons, and leaves it in the list"),
                    key("verify.email", "false", "Email addresses that come this way are to be verified, see"
                            + " [contacts](contacts.md)"),
                    key("verify.mobile", "false", "The same for numbers"),
                    key("account_access.email", "false",
                    "People enter an account with an address that comes this way: nobody else can take it or"
                            + " register with it, see [contacts](contacts.md)"),
                    key("account_access.mobile", "false", "The same for numbers"),
                    key("operations", "none", "See below"),
                    key("sites", "none", "Sites whose pages may post tickets and call operations without a key,"
                            + " see [links to your site](../guides/tracker.md)")),
            new Section("projects[].integrations[].operations[]",
                    "A named operation of `/v3/operations`, see [operations](../guides/operations.md). Names are"
                            + " unique within an integration, whatever the case of their letters.",
                    "projects: [ { slug: a, integrations: [ { slug: i, operations: [ { %s } ] } ] } ]",
                    "name: o, step: get",
                    key("name", "needed", "In the `operation=` of calls; finds it again"),
                    key("step", "needed", "What the operation does"),
                    key("requires_secret_key", "true",
                    "false: pages of the integration's `sites` may call it as well, if its step is one of"
                            + " `register`, `create-and-subscribe`, `register-or-append`, `edit-unauthorized`,"
                            + " or `get` with a ticket"),
                    key("returns_validation_errors", "false",
                    "true: a bad value is told and nothing is saved; false: it is left out"),
                    key("calls_per_minute", "8000", "More calls are answered 429"),
                    key("channel", "`sms` for `resend-code`, `email` for `send-message`",
                    "By which the code or message goes"),
                    key("contact", "`primary`", "Of `send-message`: to which of the customer's contacts"),
                    key("lifetime", "`5m`", "Of `generate-authorization-code`"),
                    key("campaign", "needed, or `message`", "Of `send-message`: an automated or transactional "
                            + "[campaign](../guides/campaigns.md), by its slug; it has its own channel"),
                    key("message.subject", "needed for email", "Of `send-message`; may hold parameters, see "
                            + "[messages](../guides/messages.md)"),
                    key("message.html", "none", "The same, of an email"),
                    key("message.text", "needed, or `html`", "The same; all there is of an SMS")),
            new Section("projects[].forms[]",
            "A sign-up form, see [forms](../guides/forms.md). Ids are unique on the"
                    + " server.", "projects: [ { slug: a, forms: [ { %s } ] } ]", "id: f",
                    key("id", "needed", "In `/f/{id}` and `/api/newsletter-form/{id}`; public"),
                    key("brand", "needed for a new one", "The brand's slug"),
                    key("integration", "needed for a new one", "The integration's slug"),
                    key("topics", "none: the channel only", "Slugs of topics that are asked for"),
                    key("double_opt_in", "`inherit`",
                    "`inherit` follows the brand; `on` or `off` for this form"),
                    key("resend_cooldown_seconds", "the project's", "For this form")),
            new Section("projects[].operators[]", "A person, or a program that acts as one.",
                    "projects: [ { slug: a, operators: [ { %s } ] } ]", "email: a@example.org",
                    key("email", "needed", "Finds the operator again"),
                    key("password", "generated and printed", "Stored stretched and salted"),
                    key("role", "`viewer`",
                    "A `viewer` changes nothing; `editor` and `owner` may change customers"),
                    key("token", "none", "For `Authorization: Bearer` at `/v1`; unique on the server")));

    private ProvisioningKeys() {}

    /**
     * The keys of one mapping.
     *
     * @param around the mapping's surroundings, with a place for its content
     * @param needed what must stand in it beside a key that is tried
     */
    record Section(String title, String words, String around, String needed, List<Key> keys) {
        Section(String title, String words, String around, String needed, Key... keys) {
            this(title, words, around, needed, List.of(keys));
        }

        /** A document in which this key has a value that is never right. */
        String wrong(String key) {
            String content = nested(key, isListOfMaps(key) ? "5" : value(key));
            String others = List.of(needed.split(", ")).stream().filter(pair -> !pair.startsWith(key + ":"))
                    .reduce("", (one, other) -> one + other + ", ");
            return around.formatted(others.equals(", ") ? content : others + content);
        }

        private boolean isListOfMaps(String key) {
            return keys.stream().anyMatch(other -> other.name().startsWith(key + "[]."))
                    || List.of("brands", "integrations", "operations", "forms", "operators", "dkim").contains(key);
        }

        private static String value(String key) {
            return TEXTS.contains(key) ? "[ " + STRANGE + " ]" : STRANGE;
        }

        private static String nested(String key, String value) {
            int list = key.indexOf("[].");
            int dot = key.indexOf('.');
            if (list > 0) {
                String beside = key.endsWith(".slug") ? "" : key.startsWith("topics") ? "slug: t, " : "";
                return key.substring(0, list) + ": [ { " + beside + key.substring(list + 3) + ": " + value
                        + " } ]";
            }
            return dot < 0 ? key + ": " + value
                    : key.substring(0, dot) + ": { " + key.substring(dot + 1) + ": " + value + " }";
        }
    }

    /**
     * A key of a mapping.
     *
     * @param standard what something new gets where the key is left out
     */
    record Key(String name, String standard, String meaning) {}

    private static Key key(String name, String standard, String meaning) {
        return new Key(name, standard, meaning);
    }
}
