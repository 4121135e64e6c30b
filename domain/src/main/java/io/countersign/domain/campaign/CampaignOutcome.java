package io.countersign.domain.campaign;

/** What an event does to a campaign. */
public sealed interface CampaignOutcome {
    record Moved(CampaignState to) implements CampaignOutcome {}

    /** It is deleted. */
    record Removed() implements CampaignOutcome {}

    /** It is so already. */
    record Unchanged() implements CampaignOutcome {}

    record Refused(Why why) implements CampaignOutcome {}

    /** Why an event is refused. */
    enum Why {
        NOT_FINISHED("The campaign is a draft: finish it first."),
        NOT_STARTED("The campaign was not started."),
        NOT_BULK("Operations and flows send this campaign: it is not started."),
        ALREADY_SENT("Messages of the campaign were sent: it is not edited any more."),
        UNDER_WAY("The campaign is being sent: pause or complete it first."),
        IS_PAUSED("The campaign is paused: resume it."),
        OVER("The campaign is done.");

        private final String explanation;

        Why(String explanation) {
            this.explanation = explanation;
        }

        /** One sentence for people. */
        public String explanation() {
            return explanation;
        }
    }
}
