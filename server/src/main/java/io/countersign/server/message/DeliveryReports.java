package io.countersign.server.message;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.DeliveryReport;
import io.countersign.domain.contact.StatusCodes;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.message.HandOver.Concern;
import java.util.List;
import java.util.Optional;

/**
 * What the end of a message tells about its contact, as a command for the door (CP10). An accepted message to a
 * contact that never made trouble tells nothing, so that the ordinary case costs nothing.
 */
final class DeliveryReports {
    private static final Origin ORIGIN = new Origin("delivery", Optional.empty(), "server", false);
    private static final int STORAGE_EXCEEDED = 552;

    private final Customers customers;

    DeliveryReports(Customers customers) {
        this.customers = customers;
    }

    /** @param last whether the message is not tried again */
    Optional<Submission> of(Taken taken, HandOver handOver, boolean last) {
        return switch (handOver) {
            case HandOver.Accepted _ -> taken.recipient().troubled()
                    ? Optional.of(report(taken, DeliveryReport.ACCEPTED)) : Optional.empty();
            case HandOver.Refused(ProviderReply reply, Concern concern) -> failure(taken, reply, concern);
            case HandOver.Deferred(ProviderReply reply, Concern concern) ->
                    last ? failure(taken, reply, concern) : Optional.empty();
            case HandOver.Withheld _ -> Optional.empty();
        };
    }

    private Optional<Submission> failure(Taken taken, ProviderReply reply, Concern concern) {
        return concern == Concern.RECIPIENT ? Optional.of(report(taken, taken.recipient().type() == ContactType.EMAIL
                ? ofMail(reply) : DeliveryReport.REFUSED)) : Optional.empty();
    }

    /** Who was asked about the recipient and answers of something else has not said why for certain. */
    private static DeliveryReport ofMail(ProviderReply reply) {
        boolean full = reply.detail().isEmpty() && reply.code() == STORAGE_EXCEEDED;
        return full ? DeliveryReport.MAILBOX_FULL
                : StatusCodes.ofFailure(reply.detail()).orElse(DeliveryReport.REFUSED);
    }

    private Submission report(Taken taken, DeliveryReport report) {
        Taken.Recipient recipient = taken.recipient();
        return Submission.of(new CustomerCommand(new Who.ById(recipient.customer()), IfUnknown.REFUSE,
                List.of(new Change.ReportDelivery(recipient.type(), recipient.address(), report)), ORIGIN,
                customers.fresh()));
    }
}
