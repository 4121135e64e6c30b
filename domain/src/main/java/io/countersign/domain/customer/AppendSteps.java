package io.countersign.domain.customer;

import io.countersign.domain.contact.Slots;
import io.countersign.domain.subscription.SubscriptionStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Blanks are filled, what contradicts is left out: the step Append (spec/maestra.md 6.3), and values by default. */
final class AppendSteps {
    private AppendSteps() {}

    /** What is left of a change for a customer who keeps what there is; empty when nothing is. */
    static Optional<Change> left(Customer customer, Change change) {
        return switch (change) {
            case Change.FillContact fill -> Optional.<Change>of(fill)
                    .filter(_ -> isOpenTo(customer.contacts().of(fill.type()), fill.value()));
            case Change.SetProfile(Profile.Patch patch, boolean ofNewcomersOnly) ->
                    Optional.of(new Change.SetProfile(blanks(customer.profile(), patch), ofNewcomersOnly));
            case Change.SetExternalId set -> Optional.<Change>of(set).filter(_ -> customer.profile().externalIds()
                    .getOrDefault(set.name(), List.of(set.value())).contains(set.value()));
            case Change.ClearContact _, Change.Erase _ -> Optional.empty();
            case Change.IfBlank(Change inner) -> left(customer, inner);
            case Change.Deduplicate _, Change.ConfirmContact _, Change.UnverifyContact _ -> Optional.of(change);
            case Change.SetSubscription set -> Optional.<Change>of(set).filter(_ ->
                    customer.tree(set.brand()).effective(set.node()) == SubscriptionStatus.NO_DATA);
            case Change.SubmitForm _, Change.AnswerChallenge _ -> Optional.of(change);
            case Change.AskAgain _, Change.AnswerCode _, Change.AnswerTicket _ -> Optional.of(change);
            case Change.OpenChallenge _, Change.SendMessage _ -> Optional.of(change);
            case Change.FollowLink _, Change.IssueAction _ -> Optional.of(change);
            case Change.ReportDelivery _, Change.SignOfLife _, Change.RestoreContact _ -> Optional.of(change);
            case Change.MergeWith _, Change.MergeNamed _ -> Optional.of(change);
        };
    }

    /** The value that is held already contradicts nothing: through a verifying way in it may ask for its proof. */
    private static boolean isOpenTo(Slots slots, String value) {
        return slots.asPrimary().isEmpty() || slots.holds(value);
    }

    private static Profile.Patch blanks(Profile profile, Profile.Patch patch) {
        Map<String, Object> fields = new HashMap<>(patch.fields());
        fields.keySet().removeAll(profile.fields().keySet());
        return new Profile.Patch(patch.firstName().filter(_ -> profile.firstName().isEmpty()),
                patch.lastName().filter(_ -> profile.lastName().isEmpty()), fields,
                patch.source().filter(_ -> profile.source().isEmpty()),
                patch.userGroup().filter(_ -> profile.userGroup().isEmpty()));
    }
}
