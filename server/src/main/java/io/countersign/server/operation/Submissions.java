package io.countersign.server.operation;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.operation.CallCustomer.CallIds;
import io.countersign.server.project.ContactFlags;
import io.countersign.server.project.StepKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From calls to what the one door takes. */
final class Submissions {
    private final Customers customers;

    Submissions(Customers customers) {
        this.customers = customers;
    }

    /** Everything that a call does to a customer: one command, at most once per transaction. */
    Submission of(OperationCall call, Who who, IfUnknown ifUnknown, List<Change> changes) {
        StepKind step = call.operation().step();
        var origin = new Origin("operation:" + step.word(), Optional.of(call.integration().id().value()),
                "integration:" + call.integration().slug(), isPersonal(step));
        return new Submission(new CustomerCommand(who, ifUnknown, changes, origin, customers.fresh()),
                consent(call, changes), Optional.empty()).once(call.transaction());
    }

    private static Optional<ConsentDraft> consent(OperationCall call, List<Change> changes) {
        var request = new ConsentDraft.Request(Optional.of(call.meta().ip()), call.meta().userAgent(),
                call.meta().page());
        boolean code = changes.stream().anyMatch(Change.AnswerCode.class::isInstance);
        return Optional.of(new ConsentDraft(code ? ConsentDraft.Kind.CONFIRMATION : ConsentDraft.Kind.INSTRUCTION,
                Optional.empty(), Optional.empty(), request, Optional.empty()).by(call.operation().name()));
    }

    /** What a person did on a site or in an app, as against what a back office does with them (CU7, criterion 6). */
    private static boolean isPersonal(StepKind step) {
        return switch (step) {
            case REGISTER, CREATE_AND_SUBSCRIBE, EDIT, APPEND, REGISTER_OR_APPEND, EDIT_UNAUTHORIZED -> true;
            case CONFIRM_EMAIL, CONFIRM_MOBILE_AND_SMS, CONFIRM_MOBILE_CLIENT_SIDE, CHECK_AUTHORIZATION_CODE -> true;
            case IMPORT, GET, MERGE, RESEND_CODE, GENERATE_AUTHORIZATION_CODE, SEND_MESSAGE -> false;
        };
    }

    /**
     * How the customer of a call is found: by ids where there are any, and contacts are data then; else by the email,
     * without one by the phone. Empty when nothing is given by which anybody could be found.
     */
    static Optional<Who> who(OperationCall call, CallCustomer customer) {
        return customer.ids().isEmpty() ? byContact(call, customer) : Optional.of(who(customer.ids()));
    }

    private static Optional<Who> byContact(OperationCall call, CallCustomer customer) {
        return customer.contact(ContactType.EMAIL).map(value -> who(call, ContactType.EMAIL, value))
                .or(() -> customer.contact(ContactType.MOBILE).map(value -> who(call, ContactType.MOBILE, value)));
    }

    /** An integration whose contacts open accounts sees the contacts that do, and no others (CU14). */
    private static Who who(OperationCall call, ContactType type, String value) {
        return grants(call.integration().accountAccess(), type) ? new Who.ByAccess(type, value)
                : new Who.ByContact(type, value);
    }

    static Who who(CallIds ids) {
        var ways = new ArrayList<Who>();
        ids.own().ifPresent(id -> ways.add(new Who.ById(id)));
        ids.external().forEach((name, value) -> ways.add(new Who.ByExternalId(name, value)));
        return ways.size() == 1 ? ways.getFirst() : new Who.ByAnyOf(ways);
    }

    static boolean grants(ContactFlags flags, ContactType type) {
        return switch (type) {
            case EMAIL -> flags.email();
            case MOBILE -> flags.mobile();
        };
    }
}
