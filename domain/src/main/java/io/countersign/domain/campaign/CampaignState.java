package io.countersign.domain.campaign;

/** Where a campaign stands. */
public enum CampaignState {
    /** It is being written. */
    DRAFT,
    /** It is finished: a bulk campaign can be started, the others can be sent by operations and flows (CP12). */
    READY,
    /** A bulk campaign is on its way. */
    SENDING,
    /** Nothing more is handed over until it is resumed. */
    PAUSED,
    /** A bulk campaign has nothing left to send, or was ended. */
    DONE
}
