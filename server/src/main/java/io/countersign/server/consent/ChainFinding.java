package io.countersign.server.consent;

import java.util.Optional;
import java.util.UUID;

/**
 * A place where consents are not as they were recorded.
 *
 * @param customer whose chain it is; empty when it is about a whole project
 * @param record   the one that does not fit; empty when it is the end
 */
public record ChainFinding(Optional<UUID> customer, Optional<UUID> record, What what) {
    /** What is wrong. */
    public enum What {
        CHANGED("was changed after it was recorded"),
        WORDING_CHANGED("its wording was changed or is gone"),
        RECORD_MISSING_BEFORE("a record before it is missing"),
        NOT_AFTER_THE_ONE_BEFORE("does not follow the record before it: records were exchanged or put in"),
        PUT_IN("was not recorded by this server"),
        END_DIFFERS("the chain does not end where the customer's row says: records at the end were taken away, put in,"
                + " or the row was changed"),
        NO_CUSTOMER("there is no such customer"),
        ANCHOR_DIFFERS("an anchor does not fit the records that it was made over");

        private final String words;

        What(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }
}
