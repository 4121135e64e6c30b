package io.countersign.domain.campaign;

/** What somebody does with a campaign as a whole. */
public enum CampaignEvent {
    /** Its editing is finished: it was checked and can be used (CP12). */
    FINISH,
    /** It is edited again. */
    REOPEN,
    /** A bulk campaign begins, by hand or at its time. */
    START, PAUSE, RESUME,
    /** Nothing is left to be sent, or nothing more is to be sent. */
    COMPLETE,
    /** It is taken out of sight; what was sent stays. */
    DELETE
}
