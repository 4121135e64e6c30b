package io.countersign.server.operation;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.confirmation.Codes;
import io.countersign.server.customer.Customers;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.Catalogs;

/** What each step does with a call: the plan for the one door, and the answer. */
public final class Steps {
    private final Catalogs catalogs;
    private final ProfileSteps profiles;
    private final LookupSteps lookups;
    private final ConfirmationSteps confirmations;
    private final MessageSteps messages;

    /** What steps work with. */
    public record Parts(Database database, Catalogs catalogs, Customers customers, Codes codes,
                        MessageContents contents, TicketHolders tickets) {}

    public Steps(Parts parts) {
        var submissions = new Submissions(parts.customers());
        var existing = new ExistingCustomers(parts.database());
        this.catalogs = parts.catalogs();
        this.profiles = new ProfileSteps(submissions);
        this.lookups = new LookupSteps(submissions, catalogs, existing, parts.tickets());
        this.confirmations = new ConfirmationSteps(submissions, parts.codes());
        this.messages = new MessageSteps(submissions, parts.codes(), parts.contents(), existing);
    }

    /**
     * Plans a call; nothing is changed yet. What there is to know before, it reads from the database.
     *
     * @throws ProblemException when the call cannot be understood: trying again does not help
     */
    public Plan plan(OperationCall call) {
        CallCustomer customer = CustomerReader.read(catalogs.current(), call);
        return switch (call.operation().step()) {
            case REGISTER, CREATE_AND_SUBSCRIBE, IMPORT, EDIT, APPEND, REGISTER_OR_APPEND ->
                    profiles.plan(call, customer);
            case EDIT_UNAUTHORIZED -> profiles.unauthorizedEdit(call, customer);
            case GET -> lookups.get(call, customer);
            case MERGE -> lookups.merge(call);
            case CONFIRM_EMAIL -> ConfirmationSteps.hasCode(call, "emailConfirmation")
                    ? confirmations.typed(call, customer, ContactType.EMAIL, "emailConfirmation")
                    : confirmations.vouched(call, customer, ContactType.EMAIL);
            case CONFIRM_MOBILE_AND_SMS -> confirmations.typed(call, customer, ContactType.MOBILE, "smsConfirmation");
            case CONFIRM_MOBILE_CLIENT_SIDE -> confirmations.vouched(call, customer, ContactType.MOBILE);
            case RESEND_CODE -> messages.resend(call, customer);
            case GENERATE_AUTHORIZATION_CODE -> messages.generate(call, customer);
            case CHECK_AUTHORIZATION_CODE -> messages.check(call, customer);
            case SEND_MESSAGE -> messages.message(call, customer);
        };
    }
}
