package io.countersign.domain.customer;

import static io.countersign.domain.subscription.SubscriptionStatus.NO_DATA;
import static io.countersign.domain.subscription.SubscriptionStatus.REQUIRES_CONFIRMATION;
import static io.countersign.domain.subscription.SubscriptionStatus.SUBSCRIBED;
import static io.countersign.domain.subscription.SubscriptionStatus.UNSUBSCRIBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.customer.OptInDifference.Level;
import io.countersign.domain.customer.OptInDifference.Row;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.Way;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class OptInDifferenceTest {
    private static List<Row> rows(Channel channel, Way way, Level level) {
        return OptInDifference.of(channel, false).stream().filter(row -> row.way() == way && row.at() == level)
                .toList();
    }

    private static Row row(Way way, SubscriptionStatus before, SubscriptionStatus off, SubscriptionStatus on) {
        return new Row(way, Instruction.SUBSCRIBE, Level.CHANNEL, before, Optional.of(off), Optional.of(on));
    }

    @Test
    void anAppendAsksEverybodyWhomItWouldHaveSubscribed() {
        assertThat(rows(Channel.EMAIL, Way.APPEND, Level.CHANNEL)).containsExactlyInAnyOrder(
                row(Way.APPEND, NO_DATA, SUBSCRIBED, REQUIRES_CONFIRMATION),
                row(Way.APPEND, SUBSCRIBED, SUBSCRIBED, REQUIRES_CONFIRMATION),
                row(Way.APPEND, UNSUBSCRIBED, SUBSCRIBED, REQUIRES_CONFIRMATION),
                row(Way.APPEND, REQUIRES_CONFIRMATION, SUBSCRIBED, REQUIRES_CONFIRMATION));
    }

    @Test
    void aRegistrationLeavesWhoIsSubscribed() {
        assertThat(rows(Channel.EMAIL, Way.REGISTER, Level.CHANNEL)).extracting(Row::before)
                .containsExactlyInAnyOrder(NO_DATA, UNSUBSCRIBED, REQUIRES_CONFIRMATION);
    }

    @Test
    void aTicketConfirmsOnlyWhileOptInIsOn() {
        assertThat(rows(Channel.EMAIL, Way.TICKET, Level.CHANNEL)).containsExactly(
                row(Way.TICKET, REQUIRES_CONFIRMATION, REQUIRES_CONFIRMATION, SUBSCRIBED));
    }

    @Test
    void aFormAsksForConfirmation_byItsOwnRules() {
        assertThat(rows(Channel.EMAIL, Way.FORM, Level.CHANNEL)).containsExactlyInAnyOrder(
                row(Way.FORM, NO_DATA, SUBSCRIBED, REQUIRES_CONFIRMATION),
                row(Way.FORM, REQUIRES_CONFIRMATION, SUBSCRIBED, REQUIRES_CONFIRMATION),
                row(Way.FORM, UNSUBSCRIBED, UNSUBSCRIBED, REQUIRES_CONFIRMATION));
        assertThat(rows(Channel.SMS, Way.FORM, Level.CHANNEL)).isEmpty();
    }

    @Test
    void flowsMaySubscribeToOtherChannelsOnlyWhileTheirOptInIsOff() {
        assertThat(rows(Channel.SMS, Way.FLOW, Level.CHANNEL)).hasSize(4).allSatisfy(row -> {
            assertThat(row.off()).contains(SUBSCRIBED);
            assertThat(row.on()).isEmpty();
        });
    }

    @Test
    void whatSaysAStatusOutright_isTheSameEitherWay() {
        Set<Way> different = OptInDifference.of(Channel.EMAIL, false).stream().map(Row::way)
                .collect(Collectors.toSet());
        assertThat(different).containsExactlyInAnyOrder(Way.REGISTER, Way.CREATE_AND_SUBSCRIBE, Way.APPEND,
                Way.REGISTER_OR_APPEND, Way.POLL, Way.TICKET, Way.FORM);
    }
}
