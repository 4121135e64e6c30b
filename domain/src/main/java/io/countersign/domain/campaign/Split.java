package io.countersign.domain.campaign;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which variant a customer gets: the same one whenever and wherever it is asked, as likely as its share says, and
 * independent of the customer's variants in other campaigns.
 *
 * <p>The hundred places of a campaign are dealt out to its variants in the order of their names, each as many as its
 * share has percent. A customer's place is found in whole numbers of 64 bits, so that the choice of recipients computes
 * the same in SQL: {@code m} is the last 31 bits of the customer's id, which are random, with the last 31 bits of
 * {@code campaign id * 1540483477} by exclusive or; {@code p} is {@code m * 1274126177}; the place is the exclusive or
 * of {@code p >> 31} and the last 31 bits of {@code p}, modulo 100.
 */
public final class Split {
    private static final int BITS = 31;
    private static final long LAST = (1L << BITS) - 1;
    private static final long OF_CAMPAIGN = 1_540_483_477L;
    private static final long OF_CUSTOMER = 1_274_126_177L;

    private Split() {}

    /** The customer's place in the campaign, 0 to 99. */
    public static int place(int campaign, UUID customer) {
        long mixed = (customer.getLeastSignificantBits() & LAST) ^ (campaign * OF_CAMPAIGN & LAST);
        long product = mixed * OF_CUSTOMER;
        return (int) ((product >> BITS ^ product & LAST) % Trial.WHOLE);
    }

    /** The customer's variant; empty for the rest. */
    public static Optional<String> variant(Trial trial, int campaign, UUID customer) {
        int place = place(campaign, customer);
        int end = 0;
        for (Map.Entry<String, Integer> share : trial.shares().entrySet()) {
            end += share.getValue();
            if (place < end) {
                return Optional.of(share.getKey());
            }
        }
        return Optional.empty();
    }
}
