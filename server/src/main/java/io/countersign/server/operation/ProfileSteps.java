package io.countersign.server.operation;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.customer.Profile;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Way;
import io.countersign.server.operation.CallCustomer.Wanted;
import io.countersign.server.operation.Outcome.Invalid;
import io.countersign.server.project.StepKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps that bring a customer's data: the rows of spec/maestra.md 6.3 from Register to Unauthorized Edit. */
final class ProfileSteps {
    private final Submissions submissions;

    ProfileSteps(Submissions submissions) {
        this.submissions = submissions;
    }

    /**
     * One row of 6.3.
     *
     * @param creates      whether whoever is not found is made
     * @param always       whether somebody new is made in any case
     * @param blanksOnly   whether what is there already stays
     * @param unsubscribes whether an unsubscribe is accepted
     */
    private record Row(Way way, boolean creates, boolean always, boolean blanksOnly, boolean unsubscribes) {
        static Row of(StepKind step) {
            return switch (step) {
                case REGISTER -> new Row(Way.REGISTER, true, true, false, false);
                case CREATE_AND_SUBSCRIBE -> new Row(Way.CREATE_AND_SUBSCRIBE, true, true, false, false);
                case IMPORT -> new Row(Way.IMPORT_OPERATION, true, false, false, true);
                case EDIT -> new Row(Way.EDIT, false, false, false, true);
                case APPEND -> new Row(Way.APPEND, false, false, true, false);
                case REGISTER_OR_APPEND -> new Row(Way.REGISTER_OR_APPEND, true, false, true, false);
                case EDIT_UNAUTHORIZED, GET, MERGE, CONFIRM_EMAIL, CONFIRM_MOBILE_AND_SMS,
                     CONFIRM_MOBILE_CLIENT_SIDE, RESEND_CODE, GENERATE_AUTHORIZATION_CODE, CHECK_AUTHORIZATION_CODE,
                     SEND_MESSAGE -> throw new IllegalArgumentException(step.word());
            };
        }
    }

    Plan plan(OperationCall call, CallCustomer customer) {
        Row row = Row.of(call.operation().step());
        var invalid = new ArrayList<>(customer.invalid());
        List<Change> subscriptions = subscriptions(customer.subscriptions(), row, invalid);
        if (row.way == Way.CREATE_AND_SUBSCRIBE && subscriptions.isEmpty()) {
            invalid.add(Invalid.at("/customer/subscriptions", "A subscription is needed."));
            return Plan.answered(Outcome.invalid(invalid));
        }
        Optional<Who> who = Submissions.who(call, customer);
        if (who.isEmpty()) {
            invalid.add(Answers.noIdentifier());
        }
        if (who.isEmpty() || call.operation().returnsValidationErrors() && !invalid.isEmpty()) {
            return Plan.answered(Outcome.invalid(invalid));
        }
        var changes = new ArrayList<Change>();
        data(call, customer, row).forEach(change ->
                changes.add(row.blanksOnly ? new Change.IfBlank(change) : change));
        changes.addAll(subscriptions);
        if (row.always) {
            changes.add(new Change.Deduplicate());
        }
        boolean creates = row.creates && customer.ids().own().isEmpty();
        return Plan.of(submissions.of(call, row.always ? new Who.Newcomer() : who.get(),
                creates ? IfUnknown.CREATE : IfUnknown.REFUSE, changes), decision -> outcome(call, row, decision));
    }

    /** Our own id cannot be given to anybody: whoever is not found by it does not exist. */
    private static Outcome outcome(OperationCall call, Row row, Decision decision) {
        Optional<Refusal> refusal = decision.refusal();
        if (refusal.equals(Optional.of(Refusal.UNKNOWN_CUSTOMER)) && !row.creates) {
            return Answers.customer(call, decision);
        }
        return refusal.map(Answers::refused).orElseGet(() -> Answers.customer(call, decision));
    }

    /** In the order in which the door carries it out: ids, profile, contacts. */
    private static List<Change> data(OperationCall call, CallCustomer customer, Row row) {
        var changes = new ArrayList<Change>();
        customer.ids().external().forEach((name, value) -> changes.add(new Change.SetExternalId(name, value)));
        profile(customer, row).ifPresent(patch -> changes.add(new Change.SetProfile(patch, false)));
        customer.contacts().forEach((type, value) -> changes.add(value.isEmpty() ? new Change.ClearContact(type)
                : fill(call, type, value, row)));
        return changes;
    }

    private static Change fill(OperationCall call, ContactType type, String value, Row row) {
        if (row.way == Way.CREATE_AND_SUBSCRIBE) {
            return new Change.FillContact(type, value, ContactRoute.CREATE_AND_SUBSCRIBE, false);
        }
        boolean verifies = Submissions.grants(call.integration().verify(), type);
        return new Change.FillContact(type, value, verifies ? ContactRoute.VERIFYING : ContactRoute.NOT_VERIFYING,
                Submissions.grants(call.integration().accountAccess(), type));
    }

    /** Authorized Edit erases the names that it is not given. */
    private static Optional<Profile.Patch> profile(CallCustomer customer, Row row) {
        Map<String, Object> fields = new HashMap<>(customer.fields());
        Optional<String> first = customer.names().first();
        Optional<String> last = customer.names().last();
        if (row.way == Way.EDIT) {
            first = Optional.of(first.orElse(""));
            last = Optional.of(last.orElse(""));
            fields.putIfAbsent("middleName", "");
        }
        return patch(first, last, fields);
    }

    private static Optional<Profile.Patch> patch(Optional<String> first, Optional<String> last,
                                                 Map<String, Object> fields) {
        return first.isEmpty() && last.isEmpty() && fields.isEmpty() ? Optional.empty()
                : Optional.of(new Profile.Patch(first, last, fields, Optional.empty(), Optional.empty()));
    }

    /** Without a word about it an entry subscribes; a value by default counts where there is no data yet. */
    private static List<Change> subscriptions(List<Wanted> wanted, Row row, List<Invalid> invalid) {
        var changes = new ArrayList<Change>();
        for (Wanted each : wanted) {
            boolean subscribe = each.subscribed().or(each::byDefault).orElse(true);
            if (subscribe || row.unsubscribes) {
                Change set = new Change.SetSubscription(each.brand(), each.node(), row.way,
                        subscribe ? Instruction.SUBSCRIBE : Instruction.UNSUBSCRIBE);
                boolean byDefault = each.subscribed().isEmpty() && each.byDefault().isPresent();
                changes.add(byDefault ? new Change.IfBlank(set) : set);
            } else if (each.subscribed().isPresent()) {
                invalid.add(Invalid.at(each.location() + "/isSubscribed",
                        "This operation does not accept an unsubscribe."));
            }
        }
        return changes;
    }

    /** Unauthorized Edit: the area, the sex and custom fields, whatever else is given. */
    Plan unauthorizedEdit(OperationCall call, CallCustomer customer) {
        Optional<Who> who = Submissions.who(call, customer);
        if (who.isEmpty() || call.operation().returnsValidationErrors() && !customer.invalid().isEmpty()) {
            var invalid = new ArrayList<>(customer.invalid());
            who.ifPresentOrElse(_ -> { }, () -> invalid.add(Answers.noIdentifier()));
            return Plan.answered(Outcome.invalid(invalid));
        }
        Map<String, Object> fields = new HashMap<>(customer.fields());
        fields.keySet().removeAll(List.of("middleName", "fullName", "birthDate"));
        List<Change> changes = patch(Optional.empty(), Optional.empty(), fields)
                .map(patch -> List.<Change>of(new Change.SetProfile(patch, false))).orElse(List.of());
        return Plan.of(submissions.of(call, who.get(), IfUnknown.REFUSE, changes), decision ->
                decision.refusal().filter(refusal -> refusal != Refusal.UNKNOWN_CUSTOMER).map(Answers::refused)
                        .orElseGet(() -> Answers.customer(call, decision)));
    }
}
