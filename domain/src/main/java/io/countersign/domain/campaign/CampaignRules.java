package io.countersign.domain.campaign;

import static io.countersign.domain.campaign.CampaignState.DONE;
import static io.countersign.domain.campaign.CampaignState.DRAFT;
import static io.countersign.domain.campaign.CampaignState.PAUSED;
import static io.countersign.domain.campaign.CampaignState.READY;
import static io.countersign.domain.campaign.CampaignState.SENDING;

import io.countersign.domain.campaign.CampaignOutcome.Moved;
import io.countersign.domain.campaign.CampaignOutcome.Refused;
import io.countersign.domain.campaign.CampaignOutcome.Removed;
import io.countersign.domain.campaign.CampaignOutcome.Unchanged;
import io.countersign.domain.campaign.CampaignOutcome.Why;

/** The life of a campaign, and what of it may be changed when. */
public final class CampaignRules {
    private CampaignRules() {}

    /**
     * Where a campaign stands.
     *
     * @param sent whether messages of it were queued, other than to try it out
     */
    public record Standing(CampaignState state, CampaignKind kind, boolean sent) {
        boolean isBulk() {
            return kind == CampaignKind.BULK;
        }
    }

    /** What of a campaign is changed. */
    public enum Part {
        /** What people call it. */
        NAME,
        /** Brand, channel, topic, kind, profile and A/B. */
        SCOPE,
        /** Subjects and bodies. */
        TEXTS,
        /** Who gets a bulk campaign, and when it begins by itself. */
        AUDIENCE,
        /** Where confirmations lead, what is counted, how statistics call it. */
        SETTINGS
    }

    /** Decides one event. */
    public static CampaignOutcome decide(Standing at, CampaignEvent event) {
        return switch (at.state()) {
            case DRAFT -> switch (event) {
                case FINISH -> new Moved(READY);
                case REOPEN -> new Unchanged();
                case START, PAUSE, RESUME, COMPLETE -> new Refused(Why.NOT_FINISHED);
                case DELETE -> new Removed();
            };
            case READY -> switch (event) {
                case FINISH -> new Unchanged();
                case REOPEN -> reopen(at);
                case START -> at.isBulk() ? new Moved(SENDING) : new Refused(Why.NOT_BULK);
                case PAUSE -> at.isBulk() ? new Refused(Why.NOT_STARTED) : new Moved(PAUSED);
                case RESUME -> at.isBulk() ? new Refused(Why.NOT_STARTED) : new Unchanged();
                case COMPLETE -> at.isBulk() ? new Refused(Why.NOT_STARTED) : new Moved(DONE);
                case DELETE -> new Removed();
            };
            case SENDING -> switch (event) {
                case FINISH, START, RESUME -> new Unchanged();
                case REOPEN, DELETE -> new Refused(Why.UNDER_WAY);
                case PAUSE -> new Moved(PAUSED);
                case COMPLETE -> new Moved(DONE);
            };
            case PAUSED -> switch (event) {
                case FINISH, PAUSE -> new Unchanged();
                case REOPEN -> at.isBulk() ? new Refused(Why.UNDER_WAY) : reopen(at);
                case START -> new Refused(at.isBulk() ? Why.IS_PAUSED : Why.NOT_BULK);
                case RESUME -> new Moved(at.isBulk() ? SENDING : READY);
                case COMPLETE -> new Moved(DONE);
                case DELETE -> new Removed();
            };
            case DONE -> switch (event) {
                case FINISH, COMPLETE -> new Unchanged();
                case REOPEN, START, PAUSE, RESUME -> new Refused(Why.OVER);
                case DELETE -> new Removed();
            };
        };
    }

    /** What was sent must stay what it was. */
    private static CampaignOutcome reopen(Standing at) {
        return at.sent() ? new Refused(Why.ALREADY_SENT) : new Moved(DRAFT);
    }

    /**
     * Whether this part may be changed. Texts of a campaign that operations and flows send may be corrected while it
     * is in use: each is kept, with the time from which it was sent.
     */
    public static boolean isOpen(Part part, Standing at) {
        return switch (part) {
            case NAME -> true;
            case SCOPE -> at.state() == DRAFT;
            case TEXTS -> switch (at.state()) {
                case DRAFT, READY -> true;
                case PAUSED -> !at.isBulk();
                case SENDING, DONE -> false;
            };
            case AUDIENCE -> at.isBulk() && (at.state() == DRAFT || at.state() == READY);
            case SETTINGS -> at.state() != SENDING && at.state() != DONE;
        };
    }

    /** Whether operations and flows may send it now (CP12). */
    public static boolean isSendable(CampaignState state, CampaignKind kind) {
        return state == READY && kind != CampaignKind.BULK;
    }
}
