package io.countersign.server.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.server.customer.Submission;
import io.countersign.server.link.LinkKind;
import io.countersign.server.testing.LinkScene;
import io.countersign.server.testing.LinkScene.Person;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain confirmation links of campaigns: what their page says, what its button does, and for how long. */
final class LinkConfirmationsTest {
    private static final String LANDING = "https://shop.test/welcome?a=1&b=2";
    private static LinkScene scene;

    @BeforeAll
    static void start() {
        scene = new LinkScene();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    private static Person awaiting() {
        return scene.person("", scene.channel(), SubscriptionStatus.REQUIRES_CONFIRMATION);
    }

    @Test
    void theConfirmationPageAsksAndItsButtonConfirmsWithEvidence() {
        Person person = awaiting();
        String path = scene.path(person, LinkKind.CONFIRM_CHANNEL);
        assertThat(scene.get(path).body()).contains("Confirm your subscription", person.email(), "action=\"" + path);
        assertThat(scene.status(person, "")).isEqualTo("requires_confirmation");
        assertThat(scene.post(path, "action=confirm").body()).contains("subscribed", "messages from Shop");
        assertThat(scene.document(person).path("history").toString()).contains("\"source\":\"confirmation_link\"",
                "Would you like to get messages from Shop here?", "\"kind\":\"confirmation\"", "127.0.0.1",
                "\"kind\":\"action\",\"change\":\"channel_subscription\"");
        assertThat(scene.events(person)).containsExactly("confirmed");
        assertThat(scene.api.count("select count(*) from events where customer_id = ? and body::text like ?",
                person.id(), "%channel_subscription%")).isEqualTo(1);
    }

    @Test
    void confirmingTwiceIsHarmless() {
        Person person = awaiting();
        String path = scene.path(person, LinkKind.CONFIRM_CHANNEL);
        scene.post(path, "action=confirm");
        String before = scene.document(person).toString();
        assertThat(scene.post(path, "action=confirm").body()).contains("Already confirmed");
        assertThat(scene.get(path).body()).contains("Already confirmed");
        assertThat(scene.document(person)).hasToString(before);
        assertThat(scene.events(person)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sent", "failed"})
    void anOldMessageConfirmsNothingAnyMoreAndSaysWhatToDo(String state) {
        Person person = awaiting();
        Person done = scene.person("", scene.channel(), SubscriptionStatus.SUBSCRIBED);
        scene.api.update("update messages set state = ?, done_at = done_at - interval '30 days' where message_id = ?",
                state, person.message());
        scene.api.update("update messages set done_at = done_at - interval '30 days' where message_id = ?",
                done.message());
        String path = scene.path(person, LinkKind.CONFIRM_CHANNEL);
        var page = scene.get(path);
        assertThat(page.statusCode()).isEqualTo(410);
        assertThat(page.body()).contains("This link has expired", "sign up again").doesNotContain("<form");
        assertThat(scene.post(path, "action=confirm").statusCode()).isEqualTo(410);
        assertThat(scene.status(person, "")).isEqualTo("requires_confirmation");
        assertThat(scene.events(person)).isEmpty();
        assertThat(scene.get(scene.path(done, LinkKind.CONFIRM_CHANNEL)).body()).contains("Already confirmed");
        assertThat(scene.get(scene.path(person, LinkKind.PREFERENCES)).statusCode()).isEqualTo(200);
        scene.post(scene.path(person, LinkKind.UNSUBSCRIBE_CHANNEL), "action=unsubscribe");
        assertThat(scene.status(person, "")).isEqualTo("unsubscribed");
    }

    @Test
    void aMessageConfirmsToTheLastSecondOfThirtyDays() {
        Person person = awaiting();
        scene.api.update("update messages set done_at = done_at - interval '30 days' + interval '1 second' "
                + "where message_id = ?", person.message());
        scene.post(scene.path(person, LinkKind.CONFIRM_CHANNEL), "action=confirm");
        assertThat(scene.status(person, "")).isEqualTo("subscribed");
    }

    @Test
    void whoHasLeftIsToldSoAndStaysSo() {
        Person person = scene.person("", scene.channel(), SubscriptionStatus.UNSUBSCRIBED);
        String path = scene.path(person, LinkKind.CONFIRM_CHANNEL);
        assertThat(scene.get(path).body()).contains("You have unsubscribed since").doesNotContain("<form");
        assertThat(scene.post(path, "action=confirm").body()).contains("You have unsubscribed since");
        assertThat(scene.status(person, "")).isEqualTo("unsubscribed");
    }

    @Test
    void theLinkOfAnAddressThatIsNoLongerHeldConfirmsNothing() {
        Person person = awaiting();
        scene.api.apply(Submission.of(scene.api.command(new Who.ById(person.id()),
                new Change.FillContact(ContactType.EMAIL, "new-" + person.email(), ContactRoute.NOT_VERIFYING))));
        for (LinkKind kind : List.of(LinkKind.CONFIRM_CHANNEL, LinkKind.PREFERENCES)) {
            assertThat(scene.get(scene.path(person, kind)).statusCode()).isEqualTo(410);
        }
        assertThat(scene.post(scene.path(person, LinkKind.CONFIRM_CHANNEL), "action=confirm").statusCode())
                .isEqualTo(410);
        assertThat(scene.status(person, "")).isEqualTo("requires_confirmation");
        assertThat(scene.post(scene.path(person, LinkKind.UNSUBSCRIBE_CHANNEL), "action=unsubscribe").statusCode())
                .isEqualTo(200);
        assertThat(scene.status(person, "")).isEqualTo("unsubscribed");
    }

    @Test
    void aConfirmationLeadsOnToTheLandingPageThatItWasSignedWithAndNoOther() {
        Person person = awaiting();
        String path = scene.path(person, LinkKind.CONFIRM_CHANNEL, 0, LANDING);
        var page = scene.get(path);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("form-action 'self' https://shop.test;");
        assertThat(scene.post(path.replace("shop.test", "evil.test"), "action=confirm").statusCode()).isEqualTo(404);
        assertThat(scene.status(person, "")).isEqualTo("requires_confirmation");
        var done = scene.post(path, "action=confirm");
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(done.headers().firstValue("Location")).contains(LANDING);
        assertThat(scene.status(person, "")).isEqualTo("subscribed");
    }
}
