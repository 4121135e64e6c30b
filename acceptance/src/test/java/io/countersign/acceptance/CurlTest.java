package io.countersign.acceptance;

import static io.countersign.acceptance.OperationSetUp.Point.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests in the shapes that the vendor documents, sent as its pages show them: by curl. Why by curl stands in
 * docs/decisions/0016-operations-client.md.
 */
class CurlTest {
    private static final String[] JSON = {"Authorization: SecretKey " + WEBSITE.key(), "Accept: application/json",
        "Content-Type: application/json; charset=utf-8"};
    private static final String[] XML = {"Authorization: SecretKey " + WEBSITE.key(), "Accept: application/xml",
        "Content-Type: application/xml"};
    private static final String[] OLDER = {"Authorization: Mindbox secretKey=\"" + WEBSITE.key() + "\"",
        "Accept: application/xml", "Content-Type: application/xml", "X-Customer-IP: 203.0.113.9"};

    @RegisterExtension
    static final Shop SHOP = new Shop();

    /** Every field that the page on registration names. */
    @Test
    void registeringInXml() throws Exception {
        var person = SHOP.stranger();
        String address = Kind.EMAIL.fresh();
        String number = Kind.MOBILE.fresh();
        var answer = to("sync", "Register").post("""
                <operation>
                  <customer>
                    <ids>
                      <CrmID>%s</CrmID>
                    </ids>
                    <email>%s</email>
                    <mobilePhone>%s</mobilePhone>
                    <lastName>Ray</lastName>
                    <firstName>Ann</firstName>
                    <middleName>B.</middleName>
                    <birthDate>1990-02-28</birthDate>
                    <sex>female</sex>
                    <password>never-kept</password>
                    <area><ids><externalId>north</externalId></ids></area>
                    <subscriptions>
                      <subscription>
                        <pointOfContact>Email</pointOfContact>
                        <topic>news</topic>
                        <isSubscribed>true</isSubscribed>
                        <valueByDefault>true</valueByDefault>
                      </subscription>
                    </subscriptions>
                    <customFields>
                      <size>M</size>
                      <colours><value>red</value><value>blue</value></colours>
                    </customFields>
                  </customer>
                </operation>""".formatted(person.crmId(), address, number), OLDER);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("<status>Success</status>");
        JsonNode document = person.expecting(Kind.EMAIL, Held.pending(address))
                .expecting(Kind.MOBILE, Held.pending(number)).document();
        assertThat(document.path("first_name").asString()).isEqualTo("Ann");
        assertThat(document.path("fields").toString()).contains("1990-02-28").contains("\"M\"")
                .doesNotContain("never-kept");
        assertThat(document.path("subscriptions").toString()).contains("\"news\"")
                .contains("requires_confirmation");
    }

    @Test
    void editingInXml() throws Exception {
        var person = SHOP.stranger().withPending(Kind.EMAIL, Kind.EMAIL.fresh());
        String next = Kind.EMAIL.fresh();
        var answer = to("sync", "Edit").post("""
                <operation>
                  <customer>
                    <ids><CrmID>%s</CrmID></ids>
                    <email>%s</email>
                    <lastName>Ray</lastName>
                    <firstName>Ann</firstName>
                    <subscriptions>
                      <subscription>
                        <pointOfContact>Email</pointOfContact>
                        <isSubscribed>false</isSubscribed>
                      </subscription>
                    </subscriptions>
                  </customer>
                </operation>""".formatted(person.crmId(), next), XML);
        assertThat(answer.body()).contains("<status>Success</status>");
        person.expecting(Kind.EMAIL, Held.pending(next));
        assertThat(person.subscription("email")).isEqualTo("unsubscribed");
    }

    @Test
    void readingACustomerInJson() throws Exception {
        String address = Kind.EMAIL.fresh();
        String next = Kind.EMAIL.fresh();
        var person = SHOP.stranger().withChange(Kind.EMAIL, address, next);
        JsonNode customer = success(to("sync", "Get").post("""
                {"customer":{"email":"%s"}}""".formatted(address), JSON)).path("customer");
        assertThat(customer.path("processingStatus").asString()).isEqualTo("Found");
        assertThat(customer.path("email").asString()).isEqualTo(address);
        assertThat(customer.path("isEmailConfirmed").booleanValue()).isTrue();
        assertThat(customer.path("pendingEmail").asString()).isEqualTo(next);
        assertThat(customer.path("ids").path("CrmID").asString()).isEqualTo(person.crmId());
        assertThat(customer.path("ids").path("mindboxId").asString()).isEqualTo(person.id());
        assertThat(customer.has("mobilePhone")).isFalse();
        assertThat(customer.has("changeDateTimeUtc")).isTrue();
    }

    @Test
    void confirmingANumberByItsCodeInJson() throws Exception {
        String number = Kind.MOBILE.fresh();
        var person = SHOP.stranger().withPending(Kind.MOBILE, number);
        success(to("sync", "ResendCode").post("""
                {"customer":{"mobilePhone":"%s"}}""".formatted(number), from(person)));
        String code = new SmsInbox(SHOP.api(), number).awaitCode(1);
        JsonNode answer = success(to("sync", "ConfirmPhone").post("""
                {"customer":{"mobilePhone":"%s"},"smsConfirmation":{"code":"%s"}}""".formatted(number, code),
                from(person)));
        assertThat(answer.path("smsConfirmation").path("processingStatus").asString())
                .isEqualTo("MobilePhoneConfirmed");
    }

    @Test
    void confirmingANumberOnTheCustomersSideInJson() throws Exception {
        String number = Kind.MOBILE.fresh();
        var person = SHOP.stranger().withPending(Kind.MOBILE, number);
        JsonNode answer = success(to("sync", "ConfirmPhoneHere").post("""
                {"customer":{"ids":{"CrmID":"%s"},"mobilePhone":"%s"},
                 "executionDateTimeUtc":"2026-02-03 04:05:06"}""".formatted(person.crmId(), number), JSON));
        assertThat(answer.path("mobilePhoneConfirmation").path("processingStatus").asString())
                .isEqualTo("MobilePhoneConfirmed");
    }

    @Test
    void mergingOnDemandInJson() throws Exception {
        String address = Kind.EMAIL.fresh();
        String number = Kind.MOBILE.fresh();
        var one = SHOP.stranger().withPending(Kind.EMAIL, address);
        var other = SHOP.stranger().withPending(Kind.MOBILE, number);
        JsonNode merged = success(to("sync", "Merge").post("""
                {"resultingCustomer":{"ids":{"CrmID":"%s"}},"customersToMerge":[{"ids":{"CrmID":"%s"}}]}"""
                .formatted(one.crmId(), other.crmId()), JSON)).path("resultingCustomer");
        assertThat(merged.path("processingStatus").asString()).isEqualTo("Merged");
        assertThat(merged.path("ids").path("mindboxId").asString()).isEqualTo(one.id()).isEqualTo(other.id());
        one.expecting(Kind.EMAIL, Held.pending(address)).expecting(Kind.MOBILE, Held.pending(number));
    }

    /** As the vendor's library for web shops calls: without a device and without an address it could not find out. */
    @Test
    void callingAsynchronouslyInJson() throws Exception {
        var person = SHOP.stranger();
        var answer = to("async", "RegisterOrAppend", "&deviceUUID=").post(
                "{\"customer\":{\"ids\":{\"CrmID\":\"" + person.crmId() + "\"},\"firstName\":\"Ann\"}}",
                "Authorization: SecretKey " + WEBSITE.key(), "Accept: application/json",
                "Content-Type: application/json", "X-Customer-IP;");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Await.until("the call is done", person::isKnown);
    }

    private static Curl to(String way, String operation) {
        return to(way, operation, "");
    }

    private static Curl to(String way, String operation, String more) {
        return Curl.to(SHOP.base().resolve("/v3/operations/" + way + "?endpointId=" + WEBSITE.slug + "&operation="
                + operation + more).toString());
    }

    private static String[] from(Person person) {
        return new String[] {JSON[0], JSON[1], JSON[2], "X-Customer-IP: " + person.address()};
    }

    private static JsonNode success(Curl.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode json = JsonMapper.shared().readTree(answer.body());
        assertThat(json.path("status").asString()).as(answer.body()).isEqualTo("Success");
        return json;
    }
}
