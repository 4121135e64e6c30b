package io.countersign.domain.campaign;

/** How a campaign finds its recipients (CP1). */
public enum CampaignKind {
    /** They are chosen beforehand, by a filter or a file, and each gets it once. */
    BULK,
    /** An operation or a flow sends it to one customer at a time. */
    AUTOMATED,
    /** As automated, for what everybody needs: also without a subscription (CP2), also to other contacts (CA5). */
    TRANSACTIONAL
}
