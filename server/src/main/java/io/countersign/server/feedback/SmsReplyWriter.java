package io.countersign.server.feedback;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SmsKeyword;
import io.countersign.domain.subscription.Way;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.contact.ContactValues;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.message.MessageTexts;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Project;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One transaction of one SMS that came in. */
final class SmsReplyWriter {
    private static final String SOURCE = "sms";
    private static final Origin ORIGIN = new Origin("sms_reply", Optional.empty(), "customer", true);
    private static final Node CHANNEL = Node.of(Channel.SMS);
    private static final int LONGEST_SHOWN = 160;
    /** So many answers a day: two machines that answer each other come to an end. */
    private static final int MOST_ANSWERS = 5;

    private final Setting setting;

    /**
     * What it is done in.
     *
     * @param keeps whether an SMS that belongs to nobody is kept for operators
     */
    record Setting(Project project, List<Brand> brands, Customers customers, Ids ids, Instant now, boolean keeps) {}

    SmsReplyWriter(Setting setting) {
        this.setting = setting;
    }

    Feedbacks.Result write(Tx tx, Customers.Applier door, IncomingSms sms) throws SQLException {
        if (sms.id().isPresent() && FeedbackStore.claim(tx, project(),
                Set.of(ReportKeys.hash("sms/" + sms.from() + "/" + sms.id().get())), setting.now()).isEmpty()) {
            return new Feedbacks.Result(0, 1, 0);
        }
        Optional<TypedContact> number = ContactValues.mobile(withPlus(sms.from()), setting.project().phoneRegion())
                .map(value -> new TypedContact(ContactType.MOBILE, value));
        if (number.isEmpty()) {
            return keep(tx, sms, "not_a_number");
        }
        UUID holder = FeedbackStore.holders(tx, project(), List.of(number.get())).get(number.get());
        if (holder == null) {
            return keep(tx, sms, "unknown_number");
        }
        Optional<SmsKeyword> keyword = SmsKeyword.of(sms.text());
        return keyword.isEmpty() ? keep(tx, sms, "not_understood")
                : obey(tx, door, sms, new Meant(holder, keyword.get(), brands(tx, holder, sms)));
    }

    /** Who wants what, of which brands. */
    private record Meant(UUID holder, SmsKeyword keyword, SmsBrands brands) {}

    private Feedbacks.Result obey(Tx tx, Customers.Applier door, IncomingSms sms, Meant meant) throws SQLException {
        if (meant.keyword() == SmsKeyword.START && meant.brands().of(meant.keyword()).isEmpty()) {
            return keep(tx, sms, "ambiguous_brand");
        }
        var changes = new ArrayList<Change>();
        meant.brands().of(meant.keyword()).forEach(brand -> changes.add(new Change.SetSubscription(brand.id(), CHANNEL,
                Way.SMS_REPLY, meant.keyword() == SmsKeyword.STOP ? Instruction.UNSUBSCRIBE : Instruction.SUBSCRIBE)));
        answer(tx, meant).ifPresent(changes::add);
        if (!changes.isEmpty()) {
            var command = new CustomerCommand(new Who.ById(meant.holder()), IfUnknown.REFUSE, changes, ORIGIN,
                    setting.customers().fresh());
            door.apply(List.of(new Submission(command, Optional.of(consent(sms)),
                    SmsReplyStore.language(tx, project(), meant.holder()))));
        }
        return new Feedbacks.Result(1, 0, 0);
    }

    private SmsBrands brands(Tx tx, UUID holder, IncomingSms sms) throws SQLException {
        List<BrandId> wrote = FeedbackStore.brands(tx, project(), List.of(holder), "sms")
                .getOrDefault(holder, List.of());
        return new SmsBrands(SmsBrands.sendingAs(sms.to(), setting.brands()), wrote.stream().flatMap(id ->
                setting.brands().stream().filter(brand -> brand.id().equals(id))).toList(), setting.brands());
    }

    private Optional<Change> answer(Tx tx, Meant meant) throws SQLException {
        Optional<Brand> speaker = meant.brands().speaker(meant.keyword())
                .filter(brand -> brand.sender().sms().isPresent());
        if (speaker.isEmpty() || SmsReplyStore.answers(tx, project(), meant.holder(),
                setting.now().minus(Duration.ofDays(1))) >= MOST_ANSWERS) {
            return Optional.empty();
        }
        String content = switch (meant.keyword()) {
            case STOP -> MessageTexts.BUILT_IN_STOPPED;
            case START -> MessageTexts.BUILT_IN_STARTED;
            case HELP -> MessageTexts.BUILT_IN_HELP;
        };
        return Optional.of(new Change.SendMessage(speaker.get().id(), ContactType.MOBILE, Change.Recipient.PRIMARY,
                Optional.empty(), content, Optional.empty()));
    }

    /** What the person wrote is the wording of the act. */
    private static ConsentDraft consent(IncomingSms sms) {
        return new ConsentDraft(ConsentDraft.Kind.INSTRUCTION, Optional.of(sms.text().strip()), Optional.empty(),
                new ConsentDraft.Request(Optional.empty(), Optional.empty(), Optional.empty()), Optional.empty());
    }

    private Feedbacks.Result keep(Tx tx, IncomingSms sms, String reason) throws SQLException {
        if (setting.keeps()) {
            String text = sms.text();
            FeedbackStore.keep(tx, project(), List.of(new Unmatched(setting.ids().next(), setting.now(), SOURCE, "sms",
                    reason, Optional.of(sms.from()),
                    Optional.of(text.substring(0, Math.min(text.length(), LONGEST_SHOWN))))));
        }
        return new Feedbacks.Result(0, 0, 1);
    }

    /** Gateways write numbers with their country code, some without the plus; a short one is of the region. */
    private static String withPlus(String number) {
        String digits = number.strip();
        return digits.matches("[1-9][0-9]{9,14}") ? "+" + digits : digits;
    }

    private int project() {
        return setting.project().id().value();
    }
}
