package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.DeliveryReport;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.server.testing.Api;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ContactValidityApiTest {
    private static final String ADDRESS = "ann@example.org";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void anInvalidContactIsShownAndMadeValidByHand() {
        JsonNode ann = api.post("/v1/customers", "{\"contacts\":{\"email\":\"ann@example.org\"}}").json();
        String id = ann.path("id").stringValue();
        String contact = ann.at("/contacts/0/id").stringValue();
        String address = ann.at("/contacts/0/value").stringValue();
        api.apply(Submission.of(api.command(new Who.ByContact(ContactType.EMAIL, address),
                new Change.ReportDelivery(ContactType.EMAIL, address, DeliveryReport.NO_SUCH_ADDRESS))));
        assertThat(api.get("/v1/customers/" + id).json().at("/contacts/0/valid").booleanValue()).isFalse();

        String path = "/v1/customers/" + id + "/contacts/" + contact + "/invalidity";
        assertThat(api.send(Api.VIEWER, "DELETE", path).status()).isEqualTo(403);
        assertThat(api.send(Api.OTHER_OWNER, "DELETE", path).status()).isEqualTo(404);
        for (String wrong : List.of("ctp_999999999", "ctp_x", "1", "ctp_9999999999999999999")) {
            assertThat(api.delete("/v1/customers/" + id + "/contacts/" + wrong + "/invalidity").status())
                    .as(wrong).isEqualTo(404);
        }
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.delete(path).status()).as("again").isEqualTo(204);

        JsonNode after = api.get("/v1/customers/" + id).json();
        assertThat(after.at("/contacts/0/valid").booleanValue()).isTrue();
        JsonNode last = after.path("history").valueStream().toList().getLast();
        assertThat(last.path("change").stringValue()).isEqualTo("valid");
        assertThat(last.path("before").stringValue()).isEqualTo("no_such_address");
        assertThat(last.path("actor").stringValue()).isEqualTo("operator:owner@acme.test");
    }

    /** Design, Sending: a hard bounce blocks every message; a merely invalid contact never a transactional one. */
    @Test
    void aHardBounceSuppressesUntilSomethingShowsThatTheContactIsReached() {
        JsonNode ann = api.post("/v1/customers", "{\"contacts\":{\"email\":\"ann@example.org\"}}").json();
        String path = "/v1/customers/" + ann.path("id").stringValue();
        report(DeliveryReport.MAILBOX_FULL);
        assertThat(transactional()).as("full").isEqualTo("[]");

        report(DeliveryReport.NO_SUCH_ADDRESS);
        assertThat(transactional()).isEqualTo("[\"hard_bounce\"]");
        assertThat(api.get(path).json().at("/contacts/0/suppressed").booleanValue()).isTrue();
        JsonNode listed = suppressions();
        assertThat(listed.size()).isEqualTo(1);
        assertThat(listed.get(0).path("actor").stringValue()).isEqualTo("bounce");
        assertThat(api.delete("/v1/suppressions/" + listed.get(0).path("id").stringValue()).status()).isEqualTo(204);
        assertThat(transactional()).as("lifted by hand").isEqualTo("[]");

        report(DeliveryReport.NO_SUCH_ADDRESS);
        report(DeliveryReport.NO_SUCH_ADDRESS);
        assertThat(transactional()).as("it came back again").isEqualTo("[\"hard_bounce\"]");
        assertThat(suppressions().size()).isEqualTo(1);
        api.apply(Submission.of(api.command(new Who.ByContact(ContactType.EMAIL, ADDRESS),
                new Change.SignOfLife(ContactType.EMAIL, ADDRESS, api.node.clock.instant()))));
        assertThat(transactional()).as("it was reached").isEqualTo("[]");
        assertThat(api.get(path).json().at("/contacts/0/suppressed").booleanValue()).isFalse();
    }

    @Test
    void whatAPersonSuppressedIsLiftedByAPersonOnly() {
        api.post("/v1/customers", "{\"contacts\":{\"email\":\"ann@example.org\"}}");
        assertThat(api.post("/v1/suppressions", """
                {"type":"email","value":"ann@example.org","reason":"hard_bounce"}""").status()).isEqualTo(201);
        report(DeliveryReport.NO_SUCH_ADDRESS);
        api.apply(Submission.of(api.command(new Who.ByContact(ContactType.EMAIL, ADDRESS),
                new Change.SignOfLife(ContactType.EMAIL, ADDRESS, api.node.clock.instant()))));
        assertThat(transactional()).isEqualTo("[\"hard_bounce\"]");
    }

    private void report(DeliveryReport report) {
        api.apply(Submission.of(api.command(new Who.ByContact(ContactType.EMAIL, ADDRESS),
                new Change.ReportDelivery(ContactType.EMAIL, ADDRESS, report))));
    }

    private String transactional() {
        return api.get("/v1/eligibility?brand=shop&kind=transactional&email=" + ADDRESS).json().path("reasons")
                .toString();
    }

    private JsonNode suppressions() {
        return api.get("/v1/suppressions?email=" + ADDRESS).json().path("suppressions");
    }
}
