package io.countersign.server.form;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.project.TopicId;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.contact.IncomingContact;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Door;
import io.countersign.server.customer.Submission;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Form;
import io.countersign.server.project.Integration;
import io.countersign.server.project.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Takes sign-ups: whoever the address belongs to, the answer is the same. */
final class SignUps {
    /** Longer values are nobody's name. */
    static final int LONGEST_VALUE = 500;

    private final Customers customers;
    private final Door door;

    SignUps(Customers customers, Door door) {
        this.customers = customers;
        this.door = door;
    }

    /**
     * Signs the holder of an address up; when it returns, that is durable.
     *
     * @throws ProblemException for an address or list that is not accepted; nothing was done then
     */
    void submit(Catalog catalog, Form form, SignUp signUp) {
        var project = catalog.project(form.project()).orElseThrow();
        String email = switch (IncomingContact.of(project, ContactType.EMAIL, signUp.email())) {
            case IncomingContact.Usable(String value) -> value;
            case IncomingContact.Malformed _ ->
                    throw new ProblemException(Problem.INVALID_VALUE, "Invalid email address.", "email");
            case IncomingContact.Blocked _ -> throw new ProblemException(Problem.CONTACT_BLOCKED,
                    "This email address cannot be used here.", "email");
        };
        door.submit(form.project(), new Submission(command(catalog, form, signUp, email),
                Optional.of(consent(form, signUp)), signUp.language()));
    }

    private CustomerCommand command(Catalog catalog, Form form, SignUp signUp, String email) {
        Brand brand = catalog.brand(form.project(), form.brand()).orElseThrow();
        Integration integration = catalog.integration(form.project(), form.integration()).orElseThrow();
        Duration cooldown = form.resendCooldown().orElse(
                catalog.project(form.project()).orElseThrow().limits().resendCooldown());
        var route = integration.verify().email() ? ContactRoute.VERIFYING : ContactRoute.NOT_VERIFYING;
        var changes = List.<Change>of(new Change.FillContact(ContactType.EMAIL, email, route),
                new Change.SetProfile(signUp.profile(), true),
                new Change.SubmitForm(form.brand(), email, topics(catalog, form, signUp.lists()), form.id(),
                        form.asksConfirmation(brand), cooldown));
        return new CustomerCommand(new Who.ByContact(ContactType.EMAIL, email), IfUnknown.CREATE, changes,
                new Origin("form", Optional.of(form.integration().value()), "customer", true), customers.fresh());
    }

    /** The form's own topics and those asked for; a private list is as unknown as one that does not exist. */
    private static SortedSet<TopicId> topics(Catalog catalog, Form form, List<String> lists) {
        var topics = new TreeSet<>(form.topics());
        for (String list : lists) {
            topics.add(catalog.topic(form.project(), form.brand(), list).filter(Topic::isPublic).map(Topic::id)
                    .orElseThrow(() -> new ProblemException(Problem.INVALID_VALUE, "Invalid mailing list.",
                            "mailingLists")));
        }
        return topics;
    }

    private static ConsentDraft consent(Form form, SignUp signUp) {
        return new ConsentDraft(ConsentDraft.Kind.REQUEST, signUp.wording(),
                Optional.of(new ConsentDraft.Shown(form.id(), form.version())), signUp.request(), Optional.empty());
    }
}
