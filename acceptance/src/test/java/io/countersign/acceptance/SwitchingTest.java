package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.acceptance.Api.Answer;
import io.countersign.acceptance.OperationSetUp.Point;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Double opt-in switched on and off, and projects with several brands (BR1 to BR4, ON2, OFF2, OFF3). */
class SwitchingTest {
    private static final String JSON = "application/json";
    private static int brands;

    @RegisterExtension
    static final Shop SHOP = new Shop();

    private String brand;

    @BeforeEach
    void brandOfItsOwn() throws Exception {
        brand = "switched-" + ++brands;
        assertThat(owner("POST", "/v1/brands", "{\"slug\":\"%s\",\"name\":\"Switched\"}".formatted(brand)).status())
                .isEqualTo(201);
    }

    private static Answer owner(String method, String path, String body) throws Exception {
        return SHOP.api().as(Provision.OWNER, method, path, JSON, body);
    }

    private void turn(String channel, boolean on) throws Exception {
        Answer answer = owner("PATCH", "/v1/brands/" + brand, "{\"double_opt_in\":{\"%s\":%s}}".formatted(channel, on));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** A customer by hand, with this status of the email channel at the brand. */
    private String customer(Status status) throws Exception {
        String id = Body.freshId();
        String subscriptions = status == Status.NO_DATA ? "" : """
                {"brand":"%s","channel":"email","status":"%s"}""".formatted(brand, status.word());
        Answer answer = owner("POST", "/v1/customers", """
                {"external_ids":{"CrmID":"%s"},"subscriptions":[%s]}""".formatted(id, subscriptions));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return id;
    }

    private Map<Status, String> oneOfEach() throws Exception {
        var customers = new HashMap<Status, String>();
        for (Status status : Status.values()) {
            customers.put(status, customer(status));
        }
        return customers;
    }

    private static Status status(String crmId, String ofBrand, String channel) throws Exception {
        JsonNode customer = SHOP.api().as(Provision.OWNER, "/v1/customers?external=CrmID:" + crmId).path("customers")
                .get(0);
        for (JsonNode node : customer.path("subscriptions")) {
            if (node.path("brand").asString().equals(ofBrand) && node.path("channel").asString("").equals(channel)
                    && node.path("topic").isNull()) {
                return Status.of(node.path("status").asString());
            }
        }
        return Status.NO_DATA;
    }

    private void everybodyIsWhereTheyWere(Map<Status, String> customers) throws Exception {
        for (var customer : customers.entrySet()) {
            assertThat(status(customer.getValue(), brand, "email")).isEqualTo(customer.getKey());
        }
    }

    private String arrival(String pointOfContact) throws Exception {
        String id = Body.freshId();
        SHOP.at(Point.WEBSITE).call("Register", Body.of(id).subscription("brand", brand, "pointOfContact",
                pointOfContact));
        return id;
    }

    @Test
    void aNewBrand_beginsWithDoubleOptInOff() throws Exception {
        assertThat(status(arrival("Email"), brand, "email")).isEqualTo(Status.SUBSCRIBED);
        assertThat(SHOP.api().as(Provision.OWNER, "/v1/brands/" + brand).path("double_opt_in").toString())
                .isEqualTo("{\"email\":false,\"sms\":false}");
    }

    @Test
    void switchingOn_changesNobodyWhoIsThere_andAppliesToWhatComesAfter() throws Exception {
        Map<Status, String> customers = oneOfEach();
        turn("email", true);
        everybodyIsWhereTheyWere(customers);
        assertThat(status(arrival("Email"), brand, "email")).isEqualTo(Status.REQUIRES_CONFIRMATION);
        assertThat(status(arrival("SMS"), brand, "sms")).isEqualTo(Status.SUBSCRIBED);
        SHOP.at(Point.WEBSITE).call("Append", Body.of(customers.get(Status.UNSUBSCRIBED))
                .subscription("brand", brand, "pointOfContact", "Email"));
        assertThat(status(customers.get(Status.UNSUBSCRIBED), brand, "email"))
                .isEqualTo(Status.REQUIRES_CONFIRMATION);
    }

    @Test
    void switchingOff_movesNobodyWhoRequiresConfirmation_andArrivalsAreSubscribedAtOnce() throws Exception {
        turn("email", true);
        String waiting = arrival("Email");
        Map<Status, String> customers = oneOfEach();
        JsonNode preview = SHOP.api().as(Provision.OWNER, "/v1/brands/" + brand + "/double-opt-in?email=off");
        assertThat(preview.path("possible").booleanValue()).isTrue();
        JsonNode channel = preview.path("channels").get(0);
        assertThat(channel.path("stay_in_requires_confirmation").intValue()).isEqualTo(2);
        assertThat(channel.path("moved").intValue()).isZero();
        turn("email", false);
        everybodyIsWhereTheyWere(customers);
        assertThat(status(waiting, brand, "email")).isEqualTo(Status.REQUIRES_CONFIRMATION);
        assertThat(status(arrival("Email"), brand, "email")).isEqualTo(Status.SUBSCRIBED);
    }

    /** "To move them to Subscribed": whoever waits is found by status, and moved by hand or by a file. */
    @Test
    void whoStaysInRequiresConfirmation_isFoundByStatusAndCanBeSubscribed() throws Exception {
        turn("email", true);
        String waiting = arrival("Email");
        turn("email", false);
        JsonNode found = SHOP.api().as(Provision.OWNER, "/v1/customers?brand=" + brand
                + "&channel=email&status=requires_confirmation").path("customers");
        assertThat(found.size()).isEqualTo(1);
        assertThat(owner("PATCH", "/v1/customers/" + found.get(0).path("id").asString(), """
                {"subscriptions":[{"brand":"%s","channel":"email","status":"subscribed"}]}""".formatted(brand))
                .status()).isEqualTo(200);
        assertThat(status(waiting, brand, "email")).isEqualTo(Status.SUBSCRIBED);
    }

    /** BR1, BR4: what one brand decides is no other brand's business. */
    @Test
    void theSwitchOfOneBrand_isNotThatOfAnother() throws Exception {
        assertThat(status(arrival("Email"), brand, "email")).isEqualTo(Status.SUBSCRIBED);
        String id = Body.freshId();
        SHOP.at(Point.WEBSITE).call("Register", Body.of(id).subscription("brand", "shop", "pointOfContact", "Email"));
        assertThat(status(id, "shop", "email")).isEqualTo(Status.REQUIRES_CONFIRMATION);
    }

    /** BR2: a call that names no brand is about that of its integration. */
    @Test
    void aCallWithoutABrand_isAboutTheBrandOfTheIntegration() throws Exception {
        String id = Body.freshId();
        SHOP.at(Point.WEBSITE).call("Register", Body.of(id).subscription("pointOfContact", "Email"));
        assertThat(status(id, "shop", "email")).isEqualTo(Status.REQUIRES_CONFIRMATION);
        assertThat(status(id, brand, "email")).isEqualTo(Status.NO_DATA);
    }

    /** BR3: contacts and customers are common, subscriptions are not. */
    @Test
    void aFurtherBrand_beginsEmptyAndLeavesSubscriptionsWhereTheyWere() throws Exception {
        String id = customer(Status.SUBSCRIBED);
        String further = brand + "-b";
        assertThat(owner("POST", "/v1/brands", "{\"slug\":\"%s\",\"name\":\"Further\"}".formatted(further)).status())
                .isEqualTo(201);
        assertThat(status(id, brand, "email")).isEqualTo(Status.SUBSCRIBED);
        assertThat(status(id, further, "email")).isEqualTo(Status.NO_DATA);
        SHOP.at(Point.WEBSITE).call("Edit", Body.of(id).subscription("brand", further, "pointOfContact", "Email",
                "isSubscribed", "false"));
        assertThat(status(id, brand, "email")).isEqualTo(Status.SUBSCRIBED);
        assertThat(status(id, further, "email")).isEqualTo(Status.UNSUBSCRIBED);
    }
}
