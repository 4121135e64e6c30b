package io.countersign.server.customer;

import io.countersign.domain.confirmation.CodeRules;
import io.countersign.domain.confirmation.Guard;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Validity;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.server.contact.ContactRow;
import io.countersign.server.platform.database.Tx;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Everything by which the commands of a batch name customers: ids, values, external ids, challenges. */
final class Keys {
    final Set<UUID> ids = new LinkedHashSet<>();
    final Set<UUID> challenges = new LinkedHashSet<>();
    private final Set<Value> values = new LinkedHashSet<>();
    private final Set<External> externals = new LinkedHashSet<>();

    private final Set<Guard.Key> addresses = new LinkedHashSet<>();
    private boolean merges;
    /** Contacts whose validity a command changes. */
    final Set<Validity.Contact> validities = new LinkedHashSet<>();
    private boolean codes;
    private boolean sends;

    private record Value(ContactType type, String value) {}

    private record External(String name, String value) {}

    static Keys of(Collection<CustomerCommand> commands) {
        var keys = new Keys();
        for (CustomerCommand command : commands) {
            keys.add(command.who());
            command.changes().forEach(keys::add);
        }
        return keys;
    }

    private void add(Who who) {
        switch (who) {
            case Who.Newcomer _ -> { /* names nobody */ }
            case Who.ById(UUID id) -> ids.add(id);
            case Who.ByExternalId(String name, String value) -> externals.add(new External(name, value));
            case Who.ByContact(ContactType type, String value) -> values.add(new Value(type, value));
            case Who.ByAccess(ContactType type, String value) -> values.add(new Value(type, value));
            case Who.ByAnyOf(List<Who> ways) -> ways.forEach(this::add);
            case Who.ByChallenge(UUID id) -> challenges.add(id);
        }
    }

    private void add(Change change) {
        switch (change) {
            case Change.FillContact fill -> values.add(new Value(fill.type(), fill.value()));
            case Change.ConfirmContact confirm -> {
                merges = true;
                values.add(new Value(confirm.type(), confirm.value()));
            }
            case Change.SubmitForm form -> values.add(new Value(ContactType.EMAIL, form.value()));
            case Change.SetExternalId set -> externals.add(new External(set.name(), set.value()));
            case Change.AnswerChallenge answer -> {
                merges |= answer.answer() == Change.Answer.CONFIRM;
                challenges.add(answer.challenge());
            }
            case Change.AskAgain again -> challenges.add(again.challenge());
            case Change.AnswerTicket(UUID challenge) -> {
                merges = true;
                challenges.add(challenge);
            }
            case Change.FollowLink follow -> {
                merges |= follow.link() == Change.Link.TICKET;
                values.add(new Value(follow.type(), follow.value()));
            }
            case Change.AnswerCode code -> {
                merges = true;
                codes = true;
                code.address().ifPresent(from -> addresses.add(new Guard.Key(Guard.Kind.FAILURES_OF_ADDRESS, from)));
            }
            case Change.ReportDelivery report -> validities.add(new Validity.Contact(report.type(), report.value()));
            case Change.SignOfLife sign -> validities.add(new Validity.Contact(sign.type(), sign.value()));
            case Change.RestoreContact restore ->
                    validities.add(new Validity.Contact(restore.type(), restore.value()));
            case Change.SendMessage send -> {
                sends |= send.proves().isPresent();
                send.address().ifPresent(from -> addresses.add(new Guard.Key(Guard.Kind.SMS_FROM_ADDRESS, from)));
            }
            case Change.MergeWith(UUID other) -> {
                merges = true;
                ids.add(other);
            }
            case Change.MergeNamed(Who other) -> {
                merges = true;
                add(other);
            }
            case Change.IfBlank(Change inner) -> add(inner);
            case Change.Deduplicate _, Change.Erase _ -> merges = true;
            case Change.OpenChallenge _ -> sends = true;
            case Change.ClearContact _, Change.UnverifyContact _, Change.SetSubscription _,
                 Change.SetProfile _, Change.IssueAction _ -> { /* the same customer */ }
        }
    }

    /** Whether customers may be merged or erased, so that the old ids that lead to them must be known. */
    boolean mayMerge() {
        return merges;
    }

    /** Whether codes are typed, so that those that were sent must be known. */
    boolean hasCodes() {
        return codes;
    }

    /** The running counts that may matter: of everybody's contacts, of the contacts brought, of where it came from. */
    Set<Guard.Key> guards(Collection<ContactRow> contacts) {
        var keys = new LinkedHashSet<>(addresses);
        if (codes || sends) {
            contacts.forEach(row -> addGuards(keys, row.type(), row.value()));
            values.forEach(value -> addGuards(keys, value.type(), value.value()));
        }
        return keys;
    }

    private void addGuards(Set<Guard.Key> keys, ContactType type, String value) {
        if (codes) {
            keys.add(Guard.Key.failures(type, value));
        }
        if (sends && type == ContactType.MOBILE) {
            keys.add(new Guard.Key(Guard.Kind.SMS_TO_NUMBER, value));
            keys.add(new Guard.Key(Guard.Kind.SMS_TO_PREFIX, CodeRules.prefix(value)));
        }
    }

    Tx.ArrayOf idArray() {
        return Tx.ArrayOf.of("uuid", List.copyOf(ids));
    }

    Tx.ArrayOf challengeArray() {
        return Tx.ArrayOf.of("uuid", List.copyOf(challenges));
    }

    Tx.ArrayOf values(ContactType type) {
        return new Tx.ArrayOf("text", values.stream().filter(value -> value.type() == type).map(Value::value).toArray());
    }

    Tx.ArrayOf externalNames() {
        return new Tx.ArrayOf("text", externals.stream().map(External::name).toArray());
    }

    Tx.ArrayOf externalValues() {
        return new Tx.ArrayOf("text", externals.stream().map(External::value).toArray());
    }
}
