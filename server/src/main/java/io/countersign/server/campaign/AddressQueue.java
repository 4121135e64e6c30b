package io.countersign.server.campaign;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Effect;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.Way;
import io.countersign.server.campaign.AddressStore.Address;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Takes the addresses of a campaign's file to the door, before the campaign is sent: who is unknown is made a customer
 * who is Subscribed, No data becomes Subscribed, every other status stays (table 3.1). With a topic only that is
 * touched. What became of a line is written in the transaction of its change: after a crash it goes on where it was.
 */
final class AddressQueue {
    private static final int BATCH = 500;
    private static final String SOURCE = "campaign_file";

    private final Customers customers;

    AddressQueue(Customers customers) {
        this.customers = customers;
    }

    /** The next lines of a file; false when all were looked at. */
    boolean step(Campaign campaign) {
        return customers.within(campaign.project(), BATCH, (tx, door) ->
                RunStore.lock(tx, campaign) && step(tx, door, campaign));
    }

    private boolean step(Tx tx, Customers.Applier door, Campaign campaign) throws SQLException {
        List<Address> next = AddressStore.next(tx, campaign, BATCH);
        List<Address> first = next.stream().filter(address -> address.outcome().isEmpty()).toList();
        var done = new ArrayList<>(next.stream().filter(address -> address.outcome().isPresent()).toList());
        Iterator<Decision> decisions = door.apply(first.stream().map(one -> submission(campaign, one)).toList())
                .iterator();
        first.forEach(address -> done.add(became(address, decisions.next())));
        AddressStore.finish(tx, campaign, done);
        return !next.isEmpty();
    }

    private Submission submission(Campaign campaign, Address address) {
        ContactType type = AudienceSql.type(campaign.scope().channel());
        Channel channel = campaign.scope().channel();
        Node node = campaign.scope().topic().map(topic -> Node.of(channel, topic)).orElseGet(() -> Node.of(channel));
        var origin = new Origin(SOURCE, Optional.empty(), campaign.life().createdBy(), false);
        var command = new CustomerCommand(new Who.ByContact(type, address.value()), IfUnknown.CREATE, List.of(
                new Change.IfBlank(new Change.FillContact(type, address.value(), ContactRoute.NOT_VERIFYING)),
                new Change.SetSubscription(campaign.scope().brand(), node, Way.FILE_CAMPAIGN, Instruction.SUBSCRIBE)),
                origin, customers.fresh());
        return new Submission(command, Optional.of(evidence(campaign, address)), Optional.empty());
    }

    /** Which line of which campaign's file it was. */
    private static ConsentDraft evidence(Campaign campaign, Address address) {
        return new ConsentDraft(ConsentDraft.Kind.INSTRUCTION, Optional.empty(), Optional.empty(),
                new ConsentDraft.Request(Optional.empty(), Optional.empty(),
                        Optional.of("campaign " + campaign.slug() + ", line " + address.line())), Optional.empty());
    }

    private static Address became(Address address, Decision decision) {
        if (decision.isRefused()) {
            return address.with("refused", decision.refusal().map(Names::of).orElse("refused"));
        }
        boolean changed = decision.effects().stream().anyMatch(Effect.SubscriptionChanged.class::isInstance);
        return address.with(changed ? "subscribed" : "known", null);
    }
}
