package io.countersign.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.server.customer.Submission;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Json;
import io.countersign.server.testing.LinkScene;
import io.countersign.server.testing.LinkScene.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What docs/guides/personal-data.md says of every table of the database is so. */
final class PersonalDataTest {
    private static final Pattern NAME = Pattern.compile("`([a-z_0-9]+)`");
    private static final Pattern WORD = Pattern.compile("'([a-z_]+)'");

    /** More than are read at once, and no multiple of it. */
    private static final int ACTIONS = 2 * CopyRows.AT_ONCE + 1;

    private static LinkScene scene;
    private static Map<String, Duty> duties;
    private static List<String> others;

    /**
     * What is to be done with a table that has personal data.
     *
     * @param copy    the parts of the copy that show it
     * @param erasure removed, emptied or kept
     */
    private record Duty(List<String> copy, String erasure) {}

    @BeforeAll
    static void start() throws IOException {
        scene = new LinkScene();
        String page = Files.readString(Path.of(System.getProperty("countersign.root"))
                .resolve("docs/guides/personal-data.md"));
        duties = new TreeMap<>();
        page.lines().filter(line -> line.startsWith("| `")).map(line -> line.split("\\|")).forEach(cells ->
                duties.put(names(cells[1]).getFirst(), new Duty(names(cells[3]), cells[4].strip().split("\\W")[0])));
        others = names(page.substring(page.indexOf("## About people of the company")));
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    private static List<String> names(String text) {
        return NAME.matcher(text).results().map(name -> name.group(1)).toList();
    }

    private static List<String> tables() {
        return scene.api.node.database.with(tx -> tx.list("""
                select table_name from information_schema.tables
                where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name""",
                row -> row.text("table_name")));
    }

    /** The tables in which one of these patterns is found, in whatever column, among all of the tables. */
    private static TreeSet<String> found(List<String> patterns) {
        var found = new TreeSet<String>();
        for (String table : tables()) {
            if (scene.api.count("select count(*) from " + table + " t where t::text ilike any(?)",
                    Tx.ArrayOf.of("text", patterns)) > 0) {
                found.add(table);
            }
        }
        return found;
    }

    private static TreeSet<String> thoseWith(Predicate<Duty> what) {
        var tables = new TreeSet<String>();
        duties.forEach((table, duty) -> {
            if (what.test(duty)) {
                tables.add(table);
            }
        });
        return tables;
    }

    private static boolean isKept(Duty duty) {
        return duty.erasure().equals("kept");
    }

    @Test
    void everyTableIsDecidedOnOnce() {
        var named = new ArrayList<>(duties.keySet());
        named.addAll(others);
        assertThat(named).as("tables of docs/guides/personal-data.md").containsExactlyInAnyOrderElementsOf(tables());
        assertThat(duties.values()).extracting(Duty::erasure).isSubsetOf("removed", "emptied", "kept");
    }

    /** One person, as everything that is looked at takes all tables. */
    @Test
    void theCopyShowsAndAnErasureTakesWhatThePageSaysAlsoAfterAMerge() {
        Trace trace = Trace.leave(scene);
        Person person = trace.person();
        assertThat(found(trace.all())).as("tables with something of the person").isEqualTo(duties.keySet());

        Person survivor = scene.person("");
        scene.api.apply(Submission.of(scene.api.command(new Who.ById(survivor.id()), new Change.ConfirmContact(
                ContactType.EMAIL, survivor.email(), scene.api.node.clock.instant()))));
        String link = AskedLinks.ask(scene, person, "download");
        scene.post(link, "action=confirm");
        scene.api.apply(Submission.of(scene.api.command(new Who.ById(person.id()),
                new Change.MergeWith(survivor.id()))));
        String text = scene.get(link + "/data.json").body();
        JsonNode copy = Json.parse(text);
        assertThat(copy.path("id").asString()).isEqualTo(Ids.show("cus", survivor.id()));
        duties.forEach((table, duty) -> assertThat(duty.copy()).as(table)
                .allSatisfy(part -> assertThat(copy.path(part)).as(part).isNotEmpty()));
        assertThat(text).contains(trace.words()).doesNotContain("o@acme.test");

        scene.api.delete("/v1/customers/" + Ids.show("cus", survivor.id()));
        assertThat(found(trace.told())).as("tables that still tell of the person")
                .isSubsetOf(thoseWith(PersonalDataTest::isKept));
        assertThat(found(trace.all())).as("tables that still have something of the person")
                .doesNotContainAnyElementsOf(thoseWith(duty -> duty.erasure().equals("removed")))
                .containsAll(thoseWith(PersonalDataTest::isKept));
    }

    /** The words of the system that a copy has are those that the schema allows, and all of them. */
    @ParameterizedTest
    @CsvSource({
        "contacts.type, contact_points.type", "contacts.slot, contact_points.slot",
        "contacts.verification, contact_points.verification", "subscriptions.status, subscriptions.status",
        "opt_ins.status, opt_ins.status", "consents.kind, consents.kind", "messages.kind, messages.kind",
        "messages.state, messages.state", "messages.result, deliveries.result",
        "message_events.kind, message_events.kind", "confirmations.purpose, challenges.purpose",
        "confirmations.scope, challenges.scope", "confirmations.state, challenges.state",
        "product_actions.action, product_actions.kind", "privacy_requests.kind, privacy_requests.kind",
        "privacy_requests.state, privacy_requests.state", "campaign_files.outcome, campaign_addresses.outcome",
        "suppressions.reason, suppressions.reason", "delivery_problems.reason, contact_validity.reason"})
    void whatWordsMeanIsSaidOfEach(String words, String column) {
        var explained = new TreeSet<String>(CopyWords.all().at("/" + words.replace('.', '/')).propertyNames());
        String[] at = column.split("\\.");
        String allowed = scene.api.node.database.with(tx -> tx.one("""
                select pg_get_constraintdef(oid) as text from pg_constraint
                where conname = ? and contype = 'c'""", row -> row.text("text"), at[0] + "_" + at[1] + "_check"))
                .orElseThrow();
        assertThat(explained).isEqualTo(new TreeSet<>(WORD.matcher(allowed).results()
                .map(word -> word.group(1)).toList()));
    }

    @Test
    void aCopyOfAnyLengthIsWhole() {
        Person person = scene.person("");
        scene.api.update("""
                insert into product_actions (project_id, action_id, customer_id, product_id, kind, at)
                select ?, gen_random_uuid(), ?, 'item-' || n, 'viewed', now() from generate_series(1, ?) n""",
                scene.api.project.value(), person.id(), ACTIONS);
        String link = AskedLinks.ask(scene, person, "download");
        scene.post(link, "action=confirm");
        JsonNode actions = Json.parse(scene.get(link + "/data.json").body()).path("product_actions");
        assertThat(actions.valueStream().map(action -> action.path("product").asString()).distinct())
                .hasSize(ACTIONS);
        String page = scene.get(link + "/data").body();
        assertThat(page).contains("Only the newest " + CopyRows.AT_ONCE + " are shown here");
        assertThat(page.split("item-", -1)).hasSize(CopyRows.AT_ONCE + 1);
    }
}
