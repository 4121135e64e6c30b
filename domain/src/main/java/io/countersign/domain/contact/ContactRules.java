package io.countersign.domain.contact;

import io.countersign.domain.contact.Slots.Both;
import io.countersign.domain.contact.Slots.Empty;
import io.countersign.domain.contact.Slots.NonPrimary;
import io.countersign.domain.contact.Slots.Primary;
import java.time.Instant;

/**
 * What a contact that comes in, is proven, lost or cleared does to the slots of one customer: tables T1, T2 and T3 of
 * {@code spec/maestra.md} 2.2. Who else holds the value is decided in {@link DisputeRules}; this class is told.
 */
public final class ContactRules {
    private ContactRules() {}

    /** A value comes in that nobody else holds as primary, or whose dispute this customer has won. */
    public static Slots fill(Slots before, String value, ContactRoute route) {
        if (before.holdsPrimary(value)) {
            return same(before, route);
        }
        return switch (route) {
            case VERIFYING -> verifying(before, value);
            case NOT_VERIFYING, CREATE_AND_SUBSCRIBE -> new Primary(value, Proof.NO_DATA);
            case MANUAL_NEW -> new Primary(value, Proof.PENDING);
            case MANUAL -> manual(before, value);
        };
    }

    /** The stored value comes in again: only T1 changes something, No data becomes Pending. */
    private static Slots same(Slots before, ContactRoute route) {
        return switch (route) {
            case VERIFYING -> switch (before) {
                case Primary(String value, Proof.NoData _) -> new Primary(value, Proof.PENDING);
                case Both(Primary(String value, Proof.NoData _), String np) ->
                        new Both(new Primary(value, Proof.PENDING), np);
                case Empty _, Primary _, NonPrimary _, Both _ -> before;
            };
            case NOT_VERIFYING, CREATE_AND_SUBSCRIBE, MANUAL_NEW, MANUAL -> before;
        };
    }

    /** T1, another value: a confirmed contact stays until the new one is proven; any other is replaced. */
    private static Slots verifying(Slots before, String value) {
        return switch (before) {
            case Empty _, NonPrimary _ -> new Primary(value, Proof.PENDING);
            case Primary(_, Proof.NoData _), Primary(_, Proof.Pending _) -> new Primary(value, Proof.PENDING);
            case Primary(String old, Proof.Confirmed proof) -> new Both(new Primary(old, proof), value);
            case Both(Primary(String old, Proof.Confirmed proof), _) -> new Both(new Primary(old, proof), value);
            case Both(Primary _, String np) -> replaced(new Primary(value, Proof.PENDING), np);
        };
    }

    /** T3, another value on a customer who exists. */
    private static Slots manual(Slots before, String value) {
        return switch (before) {
            case Empty _, NonPrimary _, Primary(_, Proof.NoData _) -> new Primary(value, Proof.NO_DATA);
            case Primary(_, Proof.Pending _) -> new Primary(value, Proof.PENDING);
            case Primary(String old, Proof.Confirmed proof) -> new Both(new Primary(old, proof), value);
            case Both(Primary(String old, Proof.Confirmed proof), _) -> new Both(new Primary(old, proof), value);
            case Both(Primary(_, Proof proof), String np) -> replaced(new Primary(value, proof), np);
        };
    }

    private static Slots replaced(Primary primary, String nonPrimary) {
        return primary.value().equals(nonPrimary) ? primary : new Both(primary, nonPrimary);
    }

    /** A claim on a value that another customer keeps: it waits in the non-primary slot (CU1, CU10). */
    public static Slots claim(Slots before, String value) {
        return before.holdsPrimary(value) ? before : switch (before) {
            case Empty _, NonPrimary _ -> new NonPrimary(value);
            case Primary primary -> new Both(primary, value);
            case Both(Primary primary, _) -> new Both(primary, value);
        };
    }

    /** The primary contact goes to somebody else and stays here as non-primary (CU2, CU8). */
    public static Slots demote(Slots before) {
        return switch (before) {
            case Primary(String value, _) -> new NonPrimary(value);
            case Both(Primary(String value, _), _) -> new NonPrimary(value);
            case Empty _, NonPrimary _ -> before;
        };
    }

    /** The primary contact goes to somebody else and is not kept here (CU8, without verification). */
    public static Slots giveUp(Slots before) {
        return switch (before) {
            case Primary _ -> Slots.EMPTY;
            case Both(_, String np) -> new NonPrimary(np);
            case Empty _, NonPrimary _ -> before;
        };
    }

    /** Two customers become one: the first one's contacts stay, the second one's fill what is empty. */
    public static Slots unite(Slots first, Slots second) {
        var primary = first.asPrimary().or(second::asPrimary);
        var claim = first.asPrimary().isPresent() ? first.claim() : first.claim().or(second::claim);
        return Slots.of(primary, claim.filter(value -> primary.filter(held -> held.value().equals(value)).isEmpty()));
    }

    /** A held value is proven (CF9, CF10); the earliest proof counts, a former primary is dropped. */
    public static Slots confirm(Slots before, String value, Instant at) {
        return switch (before) {
            case Primary(String held, Proof proof) when held.equals(value) -> new Primary(value, proven(proof, at));
            case Both(Primary(String held, Proof proof), String np) when held.equals(value) ->
                    new Both(new Primary(value, proven(proof, at)), np);
            case NonPrimary(String np) when np.equals(value) -> new Primary(value, new Proof.Confirmed(at));
            case Both(_, String np) when np.equals(value) -> new Primary(value, new Proof.Confirmed(at));
            case Empty _, Primary _, NonPrimary _, Both _ -> before; // CF11: no longer held
        };
    }

    private static Proof proven(Proof before, Instant at) {
        return switch (before) {
            case Proof.Confirmed confirmed -> confirmed.orSince(at);
            case Proof.NoData _, Proof.Pending _ -> new Proof.Confirmed(at);
        };
    }

    /** The proof is withdrawn: Confirmed becomes Pending (source 003, {@code verified: false}). */
    public static Slots unverify(Slots before) {
        return switch (before) {
            case Primary(String value, Proof.Confirmed _) -> new Primary(value, Proof.PENDING);
            case Both(Primary(String value, Proof.Confirmed _), String np) ->
                    new Both(new Primary(value, Proof.PENDING), np);
            case Empty _, Primary _, NonPrimary _, Both _ -> before;
        };
    }
}
