package io.countersign.server.feedback;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.DeliveryReport;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.Way;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.feedback.Feedback.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What feedback changes of its customer. */
final class FeedbackChanges {
    /** The action by which a customer's history tells of a suppression that nobody ordered. */
    static final String SUPPRESSED = "contact_suppressed";
    private static final String NAME = "feedback";
    private static final Origin OF_A_SERVER = new Origin(NAME, Optional.empty(), "server", false);
    private static final Origin OF_THE_PERSON = new Origin(NAME, Optional.empty(), "customer", true);

    private FeedbackChanges() {}

    /** @param suppressed whether this feedback is why nothing is sent to the contact from now on */
    static List<Change> of(Matched matched, boolean suppressed) {
        var changes = new ArrayList<Change>();
        TypedContact contact = matched.contact();
        Node channel = Node.of(contact.type() == ContactType.EMAIL ? Channel.EMAIL : Channel.SMS);
        switch (matched.feedback().what()) {
            case What.Bounce(_, Optional<DeliveryReport> tells, _) -> tells.ifPresent(report ->
                    changes.add(new Change.ReportDelivery(contact.type(), contact.value(), ofThis(matched, report))));
            case What.Complaint _ -> {
                matched.brands().forEach(brand -> changes.add(new Change.SetSubscription(brand, channel,
                        Way.COMPLAINT, Instruction.UNSUBSCRIBE)));
                if (suppressed) {
                    matched.brands().stream().findFirst().ifPresent(brand -> changes.add(new Change.IssueAction(brand,
                            SUPPRESSED, Map.of("value", contact.value(), "reason", "complaint"))));
                }
            }
            case What.Unsubscribe _ -> {
                matched.brands().forEach(brand -> changes.add(new Change.FollowLink(brand, channel, contact.type(),
                        contact.value(), Change.Link.MAIL_CLIENT)));
                changes.addAll(signOfLife(matched));
            }
            case What.AutoReply _ -> changes.addAll(signOfLife(matched));
            case What.Delivered _ ->
                    changes.add(new Change.ReportDelivery(contact.type(), contact.value(), DeliveryReport.ACCEPTED));
        }
        return changes;
    }

    /** What happened behind a forwarding tells only that mail to the address we know does not arrive. */
    private static DeliveryReport ofThis(Matched matched, DeliveryReport report) {
        boolean elsewhere = matched.feedback().about().contact()
                .filter(named -> !named.equals(matched.contact())).isPresent();
        return elsewhere ? DeliveryReport.REFUSED : report;
    }

    private static List<Change> signOfLife(Matched matched) {
        return matched.message().flatMap(message -> message.sentAt().<Change>map(sent ->
                new Change.SignOfLife(message.type(), message.value(), sent))).stream().toList();
    }

    static Origin origin(What what) {
        return switch (what) {
            case What.Complaint _, What.Unsubscribe _ -> OF_THE_PERSON;
            case What.Bounce _, What.AutoReply _, What.Delivered _ -> OF_A_SERVER;
        };
    }

    /** The evidence of what a person asked for: there was no page and no browser, only the message. */
    static Optional<ConsentDraft> consent(Matched matched) {
        return origin(matched.feedback().what()).personal() ? Optional.of(new ConsentDraft(
                ConsentDraft.Kind.INSTRUCTION, Optional.empty(), Optional.empty(),
                new ConsentDraft.Request(Optional.empty(), Optional.empty(), Optional.empty()),
                matched.feedback().about().message().filter(_ -> matched.message().isPresent()))) : Optional.empty();
    }
}
