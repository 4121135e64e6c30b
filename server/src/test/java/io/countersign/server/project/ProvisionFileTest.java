package io.countersign.server.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ProvisionFileTest {
    private static final String PROJECT = "projects:\n  - slug: acme\n";

    private static final String OPERATION = PROJECT + "    integrations:\n      - slug: web\n"
            + "        operations:\n        - ";

    private static final String PARAMETERS = """
            ${Recipient.MobilePhoneConfirmationCode}, ${Recipient.EmailConfirmationCode}, \
            ${Recipient.AuthentificationCode}, ${Ticket.EmailConfirmationLinkTicket}, \
            ${Ticket.EmailAuthenticationTicket}, ${Ticket.EmailAuthenticationHexTicket}, \
            ${Ticket.MobilePhoneAuthenticationHexTicket}, \
            ${Ticket.UniversalAuthenticationCustomizableTimeTicket(minutes)}, \
            ${Ticket.PermanentAuthenticationTicket}, ${Recipient.FirstName}, ${Recipient.LastName}, \
            ${Recipient.Email}, ${Recipient.MobilePhone}, ${Message.SendingDateTime}, ${Brand.Name}""";

    /** What is wrong, the file, and the whole line of the error. */
    static List<Arguments> mistakes() {
        return List.of(
                mistake("unknown: 1", "f.yaml:1: unknown: unknown key"),
                mistake(PROJECT + "    nmae: x",
                        "f.yaml:3: projects[0].nmae: unknown key (did you mean \"name\"?)"),
                mistake(PROJECT + "    brands:\n      - slug: shop\n        double_opt_in:\n"
                        + "          emial: true",
                        "f.yaml:6: projects[0].brands[0].double_opt_in.emial: "
                        + "unknown key (did you mean \"email\"?)"),
                mistake(PROJECT + "    webhooks: []",
                        "f.yaml:3: projects[0].webhooks: not built yet; leave it out"),
                mistake(PROJECT + "    campaigns: []",
                        "f.yaml:3: projects[0].campaigns: not built yet; leave it out"),
                mistake(PROJECT + "    flows: []",
                        "f.yaml:3: projects[0].flows: not built yet; leave it out"),
                mistake(PROJECT + "    templates: []",
                        "f.yaml:3: projects[0].templates: not built yet; leave it out"),
                mistake(PROJECT + "    integrations:\n      - slug: web\n        operations: [ { name: A } ]",
                        "f.yaml:5: projects[0].integrations[0].operations[0].step: is needed"),
                mistake(OPERATION + "{ name: A, step: get, lifetime: 5m }",
                        "f.yaml:6: projects[0].integrations[0].operations[0].lifetime: "
                        + "is no setting of the step get"),
                mistake(OPERATION + "{ name: A, step: get }\n        - { name: a, step: edit }",
                        "f.yaml:7: projects[0].integrations[0].operations[1].name: "
                        + "operation \"a\" stands in this integration twice"),
                mistake(OPERATION + "{ name: A, step: send-message, channel: sms }",
                        "f.yaml:6: projects[0].integrations[0].operations[0].message: is needed, or a campaign"),
                mistake(OPERATION + "{ name: A, step: send-message, message: { subject: a } }",
                        "f.yaml:6: projects[0].integrations[0].operations[0].message.text: is needed"),
                mistake(message("email", "primary", "subject: \"Hi ${Recipient.Nmae}\"\n            text: a"),
                        "f.yaml:9: projects[0].integrations[0].operations[0].message.subject: "
                        + "character 4: there is no such parameter; there are " + PARAMETERS),
                mistake(message("email", "primary", "subject: a\n            html: <b>${Recipient.Email</b>"),
                        "f.yaml:10: projects[0].integrations[0].operations[0].message.html: "
                        + "character 4: a parameter begins here and does not end"),
                mistake(message("sms", "primary", "text: ${Ticket.EmailAuthenticationTicket}"),
                        "f.yaml:9: projects[0].integrations[0].operations[0].message.text: "
                        + "character 1: ${Ticket.EmailAuthenticationTicket} goes by email only"),
                mistake(message("sms", "primary", "text: " + "x".repeat(1601)),
                        "f.yaml:9: projects[0].integrations[0].operations[0].message.text: "
                        + "character 1601: longer than 1600 characters"),
                mistake(message("sms", "primary", "text: a\n            html: b"),
                        "f.yaml:9: projects[0].integrations[0].operations[0].message: an SMS has a text only"),
                mistake(message("sms", "non_primary", "text: a ${Ticket.PermanentAuthenticationTicket}"),
                        "f.yaml:9: projects[0].integrations[0].operations[0].message.text: "
                        + "character 3: ${Ticket.PermanentAuthenticationTicket} goes to primary contacts only"),
                mistake("providers:\n  sms: { kind: http, url: \"ftp://a\", account: a, token: t }",
                        "f.yaml:2: providers.sms.url: must be an address like https://api.example.org, "
                        + "without user, query and fragment, not \"ftp://a\""),
                mistake("providers:\n  sms: { kind: http, url: \"https://a\", token: t, account: a/b }",
                        "f.yaml:2: providers.sms.account: must be 1 to 100 letters, digits, dots, hyphens "
                        + "or underscores, not \"a/b\""),
                mistake("providers:\n  sms: { kind: http, url: \"https://a\", account: a }",
                        "f.yaml:2: providers.sms.token: is needed"),
                mistake("providers:\n  sms: { kind: http, url: \"https://a\", account: a, token: t, tokn: 1 }",
                        "f.yaml:2: providers.sms.tokn: unknown key (did you mean \"token\"?)"),
                mistake("providers:\n  sms: { kind: smpp, host: a, system_id: b }",
                        "f.yaml:2: providers.sms.password: is needed"),
                mistake("providers:\n  sms: { kind: smpp, host: a, system_id: b, password: \"123456789\" }",
                        "f.yaml:2: providers.sms.password: must be 1 to 8 characters of ASCII"),
                mistake("providers:\n  sms: { kind: smpp, host: a, system_id: b, password: c, source_npi: 2 }",
                        "f.yaml:2: providers.sms.source_npi: must be one of 0, 1, 3, 4, 6, 8, 9, 10, 14, 18, "
                        + "not \"2\""),
                mistake("providers:\n  sms: { kind: smpp, host: a, system_id: b, password: c, tls: starttls }",
                        "f.yaml:2: providers.sms.tls: must be one of none, tls, not \"starttls\""),
                mistake("providers:\n  sms: { kind: pigeon }",
                        "f.yaml:2: providers.sms.kind: must be one of catcher, http, smpp, not \"pigeon\""),
                mistake("providers:\n  email: { kind: pigeon }",
                        "f.yaml:2: providers.email.kind: must be one of smtp, catcher, not \"pigeon\""),
                mistake("providers:\n  email: { kind: smtp, tls: none }",
                        "f.yaml:2: providers.email.host: is needed"),
                mistake("providers:\n  email: { kind: smtp, host: a, port: 70000 }",
                        "f.yaml:2: providers.email.port: must be "
                        + "a whole number from 1 to 65535, not \"70000\""),
                mistake("providers:\n  email: { kind: smtp, host: a, user: b }",
                        "f.yaml:2: providers.email: user and password go together"),
                mistake("providers:\n  push: { kind: catcher }", "f.yaml:2: providers.push: unknown key"),
                mistake("projects:\n  - name: Acme", "f.yaml:2: projects[0].slug: is needed"),
                mistake("projects:\n  - slug: Ac me",
                        "f.yaml:2: projects[0].slug: must be 1 to 63 lower-case letters, "
                        + "digits or hyphens, not beginning with a hyphen, not \"Ac me\""),
                mistake(PROJECT + "  - slug: acme",
                        "f.yaml:3: projects[1].slug: project \"acme\" stands in this file twice"),
                mistake(PROJECT + "    name: a\n    name: b",
                        "f.yaml:4: projects[0].name: stands here twice"),
                mistake(PROJECT + "    name: [a]", "f.yaml:3: projects[0].name: must be a single value"),
                mistake(PROJECT + "    time_zone: Mars/Olympus", "f.yaml:3: projects[0].time_zone: "
                        + "must be a time zone like Europe/Berlin, not \"Mars/Olympus\""),
                mistake(PROJECT + "    phone_region: Germany", "f.yaml:3: projects[0].phone_region: "
                        + "must be a region of two capital letters like DE, not \"Germany\""),
                mistake(PROJECT + "    keep_explicit_subscribed: maybe", "f.yaml:3: "
                        + "projects[0].keep_explicit_subscribed: must be true or false, not \"maybe\""),
                mistake(PROJECT + "    email_blocklist: [ \"*@a.test\", bad ]", "f.yaml:3: "
                        + "projects[0].email_blocklist[1]: must be an address in which * stands for "
                        + "anything, like *@example.org, not \"bad\""),
                mistake(PROJECT + "    limits: { mails_per_day: 0 }",
                        "f.yaml:3: projects[0].limits.mails_per_day: "
                        + "must be a whole number from 1 to 100, not \"0\""),
                mistake(PROJECT + "    limits: 5",
                        "f.yaml:3: projects[0].limits: must be a mapping of keys to values"),
                mistake(PROJECT + "    brands: shop", "f.yaml:3: projects[0].brands: must be a list"),
                mistake(brand("language: klingon"), "f.yaml:5: projects[0].brands[0].language: "
                        + "must be a language like en or pt-BR, not \"klingon\""),
                mistake(brand("sender: { email: \"Acme <hello>\" }"),
                        "f.yaml:5: projects[0].brands[0].sender.email: "
                        + "must be an email address, alone or as \"Name <address>\", not \"Acme <hello>\""),
                mistake(brand("sender: { sms: \"Much too long\" }"),
                        "f.yaml:5: projects[0].brands[0].sender.sms: "
                        + "must be 1 to 11 letters, digits or blanks, or a number, not \"Much too long\""),
                mistake(brand("topics: [ { slug: a }, { slug: a } ]"), "f.yaml:5: "
                        + "projects[0].brands[0].topics[1].slug: topic \"a\" stands in this brand twice"),
                mistake(integration("sites: [ \"ftp://a.test\" ]"), "f.yaml:5: "
                        + "projects[0].integrations[0].sites[0]: must be a site like "
                        + "https://www.example.org, not \"ftp://a.test\""),
                mistake(integration("keys: [ { secret: short } ]"), "f.yaml:5: "
                        + "projects[0].integrations[0].keys[0].secret: must be 16 to 200 characters of ASCII "
                        + "without blanks"),
                mistake(integration("keys: [ { name: a }, { name: a } ]"), "f.yaml:5: "
                        + "projects[0].integrations[0].keys[1].name: "
                        + "key \"a\" stands in this integration twice"),
                mistake(integration("keys: [ { name: a, secret: 0123456789abcdef }, "
                        + "{ name: b, secret: 0123456789abcdef } ]"), "f.yaml:5: "
                        + "projects[0].integrations[0].keys[1].secret: "
                        + "this secret stands in this file twice"),
                mistake(form("double_opt_in: maybe"), "f.yaml:5: projects[0].forms[0].double_opt_in: "
                        + "must be one of inherit, on, off, not \"maybe\""),
                mistake(form("topics: [a, a]"), "f.yaml:5: projects[0].forms[0].topics[1]: "
                        + "topic \"a\" stands in this form twice"),
                mistake(form("resend_cooldown_seconds: -1"),
                        "f.yaml:5: projects[0].forms[0].resend_cooldown_seconds: "
                        + "must be a whole number from 0 to 86400, not \"-1\""),
                mistake(PROJECT + "    operators:\n      - { email: nobody, role: owner }", "f.yaml:4: "
                        + "projects[0].operators[0].email: must be an email address, not \"nobody\""),
                mistake(PROJECT + "    operators:\n      - { email: a@b.test, role: king }", "f.yaml:4: "
                        + "projects[0].operators[0].role: "
                        + "must be one of owner, editor, viewer, not \"king\""),
                mistake(PROJECT + "    operators:\n      - { email: a@b.test, password: short }", "f.yaml:4: "
                        + "projects[0].operators[0].password: must be one line of 8 to 200 characters"),
                mistake("- a", "f.yaml:1: must be a mapping of keys to values"),
                mistake("[a]: b", "f.yaml:1: a key must be a text"));
    }

    private static String message(String channel, String contact, String parts) {
        return OPERATION + "name: A\n          step: send-message\n          message:\n            " + parts
                + "\n          channel: " + channel + "\n          contact: " + contact;
    }

    private static Arguments mistake(String file, String error) {
        return Arguments.of(file, error);
    }

    private static String brand(String line) {
        return PROJECT + "    brands:\n      - slug: shop\n        " + line;
    }

    private static String integration(String line) {
        return PROJECT + "    integrations:\n      - slug: web\n        " + line;
    }

    private static String form(String line) {
        return PROJECT + "    forms:\n      - id: f\n        " + line;
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldWithItsLineAndPath(String file, String error) {
        assertThat(errors(file)).containsExactly(error);
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThat(errors(PROJECT + "    nmae: x\n    time_zone: X\n    brands: [ { name: y } ]")).hasSize(3);
    }

    @Test
    void hostileFilesAreRefusedAsSuch() {
        assertThat(errors("a: [")).singleElement().asString().startsWith("f.yaml:1: not YAML: ");
        for (String open : List.of("[", "- ", "{a: ", "? ", "[{a: ", "- - ? ")) {
            assertThat(errors(open.repeat(100_000))).as(open)
                    .containsExactly("f.yaml:1: nested deeper than 20 levels");
        }
        assertThat(errors("a: &a x\nb: [" + "*a, ".repeat(51) + "]"))
                .containsExactly("f.yaml:2: more than 50 aliases");
        assertThat(errors("x".repeat(YamlDocument.MOST_BYTES + 1)))
                .containsExactly("f.yaml:1: larger than 5000000 bytes");
        assertThat(errors("a: *nobody")).singleElement().asString().startsWith("f.yaml:1: not YAML: ");
        assertThat(errors("projects: &p\n  - slug: a\n    brands: *p")).isNotEmpty();
        assertThat(errors("a: \u0001")).singleElement().asString().startsWith("f.yaml:1: not YAML: ");
        assertThat(errors("a: 1\n---\nb: 2")).isNotEmpty();
        byte[] latin = "projects: \u00e4".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(refusal(latin).errors()).containsExactly("f.yaml:1: not UTF-8");
        assertThat(errors("unknown: 1\n" + "projects: [" + "{slug: A},".repeat(1000) + "]")).hasSize(200);
    }

    @Test
    void controlCharactersOfAFileDoNotReachTheMessage() {
        assertThat(errors("projects: [ { slug: \"a\\e[31m\" } ]")).singleElement().asString()
                .endsWith("not \"a?[31m\"");
    }

    @ParameterizedTest
    @MethodSource("goodFiles")
    void whatIsRightIsUnderstood(String file) {
        assertThatCode(() -> parse(file)).doesNotThrowAnyException();
    }

    static List<String> goodFiles() {
        return List.of("projects: []", "# nothing\n", "\uFEFFprojects:",
                "{\"projects\": [{\"slug\": \"a\"}]}",
                form("double_opt_in: on"), form("double_opt_in: off"), form("double_opt_in: true"),
                form("double_opt_in: \"off\""), form("resend_cooldown_seconds: 0"),
                brand("double_opt_in: { email: on, sms: no }"), brand("sender: { email: hello@acme.test }"),
                brand("sender: { sms: \"+4915112345678\" }"), integration("keys: [ { test: true } ]"),
                integration("keys:"), integration("sites: [ \"https://A.test/\" ]"),
                PROJECT + "    name: 0123",
                "providers:\n  email: { kind: smtp, host: mx, tls: starttls, "
                        + "user: u, password: p, from: a@b.test }",
                "providers:\n  sms: { kind: http, url: \"https://api.a.test/base/\", account: AC1, token: t, "
                        + "from: \"+4915112345678\" }",
                "providers:\n  sms: { kind: smpp, host: a, port: 1, tls: tls, system_id: s, password: \"p w\", "
                        + "system_type: x, source_ton: 5, source_npi: 0, window: 50 }");
    }

    @Test
    void noFileWhateverCausesAnythingButARefusal() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        byte[] acme = SetupFixture.acme().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3000; i++) {
            byte[] file = mutilated(acme, random);
            try {
                ProvisionFile.parse("f.yaml", file);
            } catch (ProvisionException e) {
                assertThat(e.errors()).as("seed %d", seed).isNotEmpty()
                        .allMatch(line -> line.startsWith("f.yaml:"));
            } catch (RuntimeException | Error e) {
                String text = new String(file, StandardCharsets.UTF_8);
                throw new AssertionError("seed " + seed + ":\n" + text, e);
            }
        }
    }

    /** Some bytes replaced by those that mean something to YAML, and perhaps cut off. */
    private static byte[] mutilated(byte[] original, Random random) {
        String signs = "{}[]:,#&*!|>'\"%@`-?~ \n\t\\0x\u0000";
        byte[] file = Arrays.copyOf(original,
                random.nextInt(4) == 0 ? random.nextInt(original.length) : original.length);
        for (int n = random.nextInt(8); n > 0 && file.length > 0; n--) {
            int sign = signs.charAt(random.nextInt(signs.length()));
            file[random.nextInt(file.length)] = (byte) (random.nextInt(10) == 0 ? random.nextInt(256) : sign);
        }
        return file;
    }

    private static List<String> errors(String file) {
        return refusal(file.getBytes(StandardCharsets.UTF_8)).errors();
    }

    private static ProvisionException refusal(byte[] content) {
        return catchThrowableOfType(ProvisionException.class, () -> ProvisionFile.parse("f.yaml", content));
    }

    private static ProvisionFile parse(String file) {
        return ProvisionFile.parse("f.yaml", file.getBytes(StandardCharsets.UTF_8));
    }
}
