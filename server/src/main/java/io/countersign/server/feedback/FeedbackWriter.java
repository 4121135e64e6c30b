package io.countersign.server.feedback;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.feedback.Feedback.What;
import io.countersign.server.link.LinkedMessage;
import io.countersign.server.link.LinkedMessageStore;
import io.countersign.server.link.MessageEvent;
import io.countersign.server.link.MessageEventRows;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.suppression.Suppression;
import io.countersign.server.suppression.SuppressionStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One transaction of feedback: a few statements, whatever the number of reports. */
final class FeedbackWriter {
    private static final String ACTOR = "feedback";

    private final Setting setting;
    private final List<Matched> matched = new ArrayList<>();
    private final List<Unmatched> unmatched = new ArrayList<>();
    /** Complaints about addresses that nobody holds. */
    private final List<TypedContact> strangers = new ArrayList<>();

    /**
     * What it is done in.
     *
     * @param brands all of the project, for what concerns a customer to whom none has written
     */
    record Setting(ProjectId project, Source source, List<BrandId> brands, Customers customers, Ids ids, Instant now) {}

    FeedbackWriter(Setting setting) {
        this.setting = setting;
    }

    Feedbacks.Result write(Tx tx, Customers.Applier door, List<Feedback> told) throws SQLException {
        List<Feedback> fresh = fresh(tx, told);
        match(tx, fresh);
        Set<TypedContact> suppressed = suppress(tx);
        List<Matched> changing = new ArrayList<>();
        List<Submission> submissions = new ArrayList<>();
        for (Matched one : news(tx)) {
            List<Change> changes = FeedbackChanges.of(one, suppressed.remove(one.contact()));
            if (!changes.isEmpty()) {
                changing.add(one);
                submissions.add(submission(one, changes));
            }
        }
        List<Decision> decisions = submissions.isEmpty() ? List.of() : door.apply(submissions);
        writeEvents(tx, changing, decisions);
        FeedbackStore.keep(tx, project(), unmatched);
        return new Feedbacks.Result(matched.size(), told.size() - fresh.size(), unmatched.size());
    }

    private int project() {
        return setting.project().value();
    }

    /** Those that were not told before; of equal ones in the same batch the first. */
    private List<Feedback> fresh(Tx tx, List<Feedback> told) throws SQLException {
        Map<String, Feedback> byHash = new LinkedHashMap<>();
        told.forEach(feedback -> byHash.putIfAbsent(ReportKeys.hash(feedback), feedback));
        Set<String> claimed = FeedbackStore.claim(tx, project(), byHash.keySet(), setting.now());
        byHash.keySet().retainAll(claimed);
        return List.copyOf(byHash.values());
    }

    private void match(Tx tx, List<Feedback> fresh) throws SQLException {
        Map<UUID, LinkedMessage> messages = messages(tx, fresh);
        List<Feedback> rest = new ArrayList<>();
        for (Feedback feedback : fresh) {
            feedback.about().message().map(messages::get).ifPresentOrElse(
                    message -> matched.add(Matched.of(feedback, message)), () -> rest.add(feedback));
        }
        matchByAddress(tx, rest);
    }

    private Map<UUID, LinkedMessage> messages(Tx tx, List<Feedback> fresh) throws SQLException {
        List<UUID> ids = fresh.stream().flatMap(feedback -> feedback.about().message().stream()).distinct().toList();
        return ids.isEmpty() ? Map.of() : LinkedMessageStore.find(tx, setting.project(), ids).stream()
                .collect(Collectors.toMap(LinkedMessage::id, Function.identity()));
    }

    /** An address alone is enough only where who tells it can be trusted, and its primary holder is meant. */
    private void matchByAddress(Tx tx, List<Feedback> rest) throws SQLException {
        List<TypedContact> named = setting.source().isTrusted()
                ? rest.stream().flatMap(feedback -> feedback.about().contact().stream()).distinct().toList()
                : List.of();
        Map<TypedContact, UUID> holders = FeedbackStore.holders(tx, project(), named);
        Map<UUID, List<BrandId>> brands = brands(tx, holders);
        for (Feedback feedback : rest) {
            Optional<TypedContact> contact = feedback.about().contact().filter(named::contains);
            Optional<UUID> holder = contact.map(holders::get);
            if (holder.isPresent()) {
                matched.add(new Matched(feedback, holder.get(), contact.get(),
                        brands.getOrDefault(holder.get(), setting.brands()), Optional.empty()));
            } else {
                contact.filter(_ -> feedback.what() instanceof What.Complaint).ifPresent(strangers::add);
                unmatched.add(unmatched(feedback, contact.isPresent() ? "unknown_address" : "unknown_message"));
            }
        }
    }

    private Map<UUID, List<BrandId>> brands(Tx tx, Map<TypedContact, UUID> holders) throws SQLException {
        var brands = new HashMap<UUID, List<BrandId>>();
        for (ContactType type : ContactType.values()) {
            List<UUID> customers = holders.entrySet().stream().filter(entry -> entry.getKey().type() == type)
                    .map(Map.Entry::getValue).toList();
            brands.putAll(FeedbackStore.brands(tx, project(), customers,
                    type == ContactType.EMAIL ? "email" : "sms"));
        }
        return brands;
    }

    private Unmatched unmatched(Feedback feedback, String reason) {
        return new Unmatched(setting.ids().next(), setting.now(), setting.source().word(), feedback.what().word(),
                reason, feedback.about().contact().map(TypedContact::value), feedback.what().detail());
    }

    /** Who complains gets nothing more; answers those who got something until now. */
    private Set<TypedContact> suppress(Tx tx) throws SQLException {
        List<TypedContact> complained = new ArrayList<>(strangers);
        matched.stream().filter(one -> one.feedback().what() instanceof What.Complaint).map(Matched::contact)
                .forEach(complained::add);
        Map<UUID, TypedContact> made = new HashMap<>();
        List<Suppression> suppressions = complained.stream().distinct().map(contact -> new Suppression(
                setting.ids().next(), contact, SuppressionReason.COMPLAINT, ACTOR, setting.now(), Optional.empty()))
                .toList();
        suppressions.forEach(one -> made.put(one.id(), one.contact()));
        return SuppressionStore.insert(tx, project(), suppressions).stream().map(made::get)
                .collect(Collectors.toSet());
    }

    /** A delivery to a contact that never made trouble is no news, so that the ordinary case costs nothing. */
    private List<Matched> news(Tx tx) throws SQLException {
        Set<TypedContact> troubled = FeedbackStore.troubled(tx, project(), matched.stream()
                .filter(FeedbackWriter::isDelivery).map(Matched::contact).distinct().toList());
        return matched.stream().filter(one -> !isDelivery(one) || troubled.contains(one.contact())).toList();
    }

    private static boolean isDelivery(Matched one) {
        return one.feedback().what() instanceof What.Delivered;
    }

    private Submission submission(Matched one, List<Change> changes) {
        return new Submission(new CustomerCommand(new Who.ById(one.customer()), IfUnknown.REFUSE, changes,
                FeedbackChanges.origin(one.feedback().what()), setting.customers().fresh()),
                FeedbackChanges.consent(one), Optional.empty());
    }

    private void writeEvents(Tx tx, List<Matched> changing, List<Decision> decisions) throws SQLException {
        Map<Matched, Decision> came = new HashMap<>();
        for (int i = 0; i < decisions.size(); i++) {
            came.put(changing.get(i), decisions.get(i));
        }
        var events = new ArrayList<MessageEvent>();
        for (Matched one : matched) {
            boolean gone = Optional.ofNullable(came.get(one)).filter(Decision::isRefused).isPresent();
            Optional<MessageEvent.Kind> kind = kind(one.feedback().what());
            if (one.message().isPresent() && kind.isPresent() && !gone) {
                events.add(new MessageEvent(setting.ids().next(), MessageEvent.Of.of(one.message().get()), kind.get(),
                        setting.now(), Optional.empty(), one.feedback().what().detail(), MessageEvent.Client.NONE));
            }
        }
        MessageEventRows.write(tx, setting.project(), events);
    }

    private static Optional<MessageEvent.Kind> kind(What what) {
        return switch (what) {
            case What.Bounce _ -> Optional.of(MessageEvent.Kind.BOUNCE);
            case What.Complaint _ -> Optional.of(MessageEvent.Kind.COMPLAINT);
            case What.Unsubscribe _ -> Optional.of(MessageEvent.Kind.UNSUBSCRIBED);
            case What.AutoReply _ -> Optional.of(MessageEvent.Kind.AUTO_REPLY);
            case What.Delivered _ -> Optional.empty();
        };
    }
}
