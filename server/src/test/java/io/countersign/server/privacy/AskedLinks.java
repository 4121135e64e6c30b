package io.countersign.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.link.LinkKind;
import io.countersign.server.link.MessageLink;
import io.countersign.server.testing.LinkScene;
import io.countersign.server.testing.LinkScene.Person;

/** Links that people are sent when they ask for something about their data. */
final class AskedLinks {
    private AskedLinks() {}

    /** Asks on the preference page; answers the path of the link that is then sent. */
    static String ask(LinkScene scene, Person person, String action) {
        assertThat(scene.post(scene.path(person, LinkKind.PREFERENCES), "action=" + action).body())
                .contains("A link is on its way");
        var message = scene.api.node.database.with(tx -> tx.one("""
                select message_id from messages where customer_id = ? and content like 'privacy%'
                order by message_id desc limit 1""", row -> row.uuid("message_id"), person.id())).orElseThrow();
        return "/privacy/" + scene.links.text(new MessageLink(scene.api.project, LinkKind.PRIVACY, message, 0));
    }
}
