package io.countersign.acceptance;

import static io.countersign.acceptance.OperationSetUp.Point.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.acceptance.Api.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** The same envelope in XML (AP2, AP9), and what hostile XML comes to. */
class EnvelopeXmlTest {
    private static final String XML = "application/xml";

    @RegisterExtension
    static final Shop SHOP = new Shop();

    @Test
    void anXmlBody_isAnsweredInXml() throws Exception {
        var person = SHOP.stranger();
        String address = Kind.EMAIL.fresh();
        var answer = call("Register", """
                <?xml version="1.0" encoding="utf-8"?>
                <operation>
                  <customer>
                    <ids><CrmID>%s</CrmID></ids>
                    <email>%s</email>
                    <lastName>O&apos;Neill</lastName>
                    <firstName><![CDATA[Ann & co]]></firstName>
                    <subscriptions>
                      <subscription><brand>shop</brand><pointOfContact>Email</pointOfContact></subscription>
                      <subscription><brand>shop</brand><pointOfContact>SMS</pointOfContact></subscription>
                    </subscriptions>
                  </customer>
                </operation>""".formatted(person.crmId(), address));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(XML);
        assertThat(root(answer).getTagName()).isEqualTo("result");
        assertThat(text(answer, "status")).isEqualTo("Success");
        person.expecting(Kind.EMAIL, Held.pending(address));
        assertThat(person.document().path("first_name").asString()).isEqualTo("Ann & co");
        assertThat(person.document().path("last_name").asString()).isEqualTo("O'Neill");
        assertThat(person.subscription("email")).isEqualTo("requires_confirmation");
        assertThat(person.subscription("sms")).isEqualTo("requires_confirmation");
    }

    @Test
    void aSingleEntryOfAList_isAListToo() throws Exception {
        var person = SHOP.stranger();
        call("Import", """
                <operation><customer><ids><CrmID>%s</CrmID></ids><subscriptions><subscription>
                <pointOfContact>Email</pointOfContact><isSubscribed>true</isSubscribed></subscription>
                </subscriptions></customer></operation>""".formatted(person.crmId()));
        assertThat(person.subscription("email")).isEqualTo("subscribed");
    }

    @Test
    void theFormatOfTheAnswer_isChosenByAccept() throws Exception {
        var json = SHOP.api().send(SHOP.at(WEBSITE).unauthorized("sync", "Get", "")
                .header("Authorization", "SecretKey " + WEBSITE.key()).header("Content-Type", XML)
                .header("Accept", "application/json").POST(BodyPublishers.ofString(
                        "<operation><customer><email>nobody@xml.example</email></customer></operation>")));
        assertThat(json.header("Content-Type")).startsWith("application/json");
        assertThat(json.json().path("customer").path("processingStatus").asString()).isEqualTo("NotFound");
        var xml = SHOP.api().send(SHOP.at(WEBSITE).unauthorized("sync", "Get", "")
                .header("Authorization", "SecretKey " + WEBSITE.key()).header("Content-Type", "application/json")
                .header("Accept", XML).POST(BodyPublishers.ofString(
                        "{\"customer\":{\"email\":\"nobody@xml.example\"}}")));
        assertThat(xml.header("Content-Type")).startsWith(XML);
        assertThat(text(xml, "processingStatus")).isEqualTo("NotFound");
    }

    @Test
    void aBadValue_isToldWithItsPlace() throws Exception {
        var answer = call("Strict", "<operation><customer><ids><CrmID>" + Body.freshId() + "</CrmID></ids>"
                + "<email>not an address</email></customer></operation>");
        assertThat(text(answer, "status")).isEqualTo("ValidationError");
        assertThat(root(answer).getElementsByTagName("validationMessage").getLength()).isEqualTo(1);
        assertThat(text(answer, "location")).isEqualTo("/customer/email");
    }

    @Test
    void errors_areXmlToo() throws Exception {
        var answer = SHOP.api().send(SHOP.at(WEBSITE).unauthorized("sync", "Get", "")
                .header("Content-Type", XML).header("Accept", XML).POST(BodyPublishers.ofString("<operation/>")));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(text(answer, "status")).isEqualTo("ProtocolError");
        assertThat(text(answer, "httpStatusCode")).isEqualTo("401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<operation>", "<other/>", "text", "<operation></other>",
        "<operation><customer></operation></customer>",
        "<!DOCTYPE operation [<!ENTITY a \"b\">]><operation>&a;</operation>", "<operation>&a;</operation>"})
    void aBodyThatIsNoOperation_is400(String body) throws Exception {
        assertRefused(call("Import", body));
    }

    /** A billion laughs: nothing is ever expanded. */
    @Test
    void entitiesOfEntities_areRefused() throws Exception {
        var bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE operation [<!ENTITY e0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY e").append(i).append(" \"").append(("&e" + (i - 1) + ";").repeat(10)).append("\">");
        }
        assertRefused(call("Import", bomb + "]><operation><customer><firstName>&e29;</firstName></customer>"
                + "</operation>"));
    }

    @Test
    void aFileOfTheServer_isNotReadThroughAnEntity() throws Exception {
        var folder = Folders.create("entity");
        try {
            var file = Files.writeString(folder.resolve("secret.txt"), "the secret");
            var person = SHOP.stranger().known();
            var answer = call("Edit", "<!DOCTYPE operation [<!ENTITY x SYSTEM \"" + file.toUri() + "\">]><operation>"
                    + "<customer><ids><CrmID>" + person.crmId() + "</CrmID></ids><firstName>&x;</firstName>"
                    + "</customer></operation>");
            assertRefused(answer);
            assertThat(answer.text()).doesNotContain("the secret");
            assertThat(person.document().path("first_name").isNull()).isTrue();
        } finally {
            Folders.delete(folder);
        }
    }

    @Test
    void nestingWithoutEnd_is400() throws Exception {
        assertRefused(call("Import", "<operation>" + "<a>".repeat(50_000)));
    }

    /** UTF-8 is the only encoding, whatever the document says of itself. */
    @Test
    void anotherEncoding_is400() throws Exception {
        for (var charset : new Charset[] {StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16}) {
            var body = ("<?xml version=\"1.0\" encoding=\"" + charset + "\"?><operation><customer><firstName>Jörg"
                    + "</firstName></customer></operation>").getBytes(charset);
            assertRefused(SHOP.api().send(SHOP.at(WEBSITE).unauthorized("sync", "Import", "")
                    .header("Authorization", "SecretKey " + WEBSITE.key()).header("Content-Type", XML)
                    .POST(BodyPublishers.ofByteArray(body))));
        }
    }

    private static Answer call(String operation, String body) throws IOException {
        return SHOP.api().send(SHOP.at(WEBSITE).unauthorized("sync", operation, "")
                .header("Authorization", "SecretKey " + WEBSITE.key()).header("Content-Type", XML)
                .header("Accept", XML).POST(BodyPublishers.ofString(body)));
    }

    private static void assertRefused(Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(text(answer, "status")).isEqualTo("ProtocolError");
    }

    private static String text(Answer answer, String tag) throws Exception {
        var found = root(answer).getElementsByTagName(tag);
        assertThat(found.getLength()).as(tag + " in " + answer.text()).isEqualTo(1);
        return found.item(0).getTextContent();
    }

    private static Element root(Answer answer) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(answer.bytes())).getDocumentElement();
    }
}
