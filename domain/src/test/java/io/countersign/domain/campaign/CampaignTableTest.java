package io.countersign.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.campaign.CampaignRules.Part;
import io.countersign.domain.campaign.CampaignRules.Standing;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state, kind and event; what becomes of the campaign. */
class CampaignTableTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # state | kind | finish, reopen (once sent), start, pause, resume, complete, delete
            DRAFT   | BULK          | ready, =, !not_finished, !not_finished, !not_finished, !not_finished, removed
            DRAFT   | AUTOMATED     | ready, =, !not_finished, !not_finished, !not_finished, !not_finished, removed
            DRAFT   | TRANSACTIONAL | ready, =, !not_finished, !not_finished, !not_finished, !not_finished, removed
            READY   | BULK          | =, draft/!already_sent, sending, !not_started, !not_started, !not_started, removed
            READY   | AUTOMATED     | =, draft/!already_sent, !not_bulk, paused, =, done, removed
            READY   | TRANSACTIONAL | =, draft/!already_sent, !not_bulk, paused, =, done, removed
            SENDING | BULK          | =, !under_way, =, paused, =, done, !under_way
            SENDING | AUTOMATED     | =, !under_way, =, paused, =, done, !under_way
            SENDING | TRANSACTIONAL | =, !under_way, =, paused, =, done, !under_way
            PAUSED  | BULK          | =, !under_way, !is_paused, =, sending, done, removed
            PAUSED  | AUTOMATED     | =, draft/!already_sent, !not_bulk, =, ready, done, removed
            PAUSED  | TRANSACTIONAL | =, draft/!already_sent, !not_bulk, =, ready, done, removed
            DONE    | BULK          | =, !over, !over, !over, !over, =, removed
            DONE    | AUTOMATED     | =, !over, !over, !over, !over, =, removed
            DONE    | TRANSACTIONAL | =, !over, !over, !over, !over, =, removed
            """)
    void eventsDecide(CampaignState state, CampaignKind kind, String expected) {
        assertThat(Arrays.stream(CampaignEvent.values()).map(event -> {
            String unsent = words(CampaignRules.decide(new Standing(state, kind, false), event));
            String sent = words(CampaignRules.decide(new Standing(state, kind, true), event));
            return unsent.equals(sent) ? unsent : unsent + "/" + sent;
        }).collect(Collectors.joining(", "))).isEqualTo(expected);
    }

    private static String words(CampaignOutcome outcome) {
        return switch (outcome) {
            case CampaignOutcome.Moved(var to) -> to.name().toLowerCase(Locale.ROOT);
            case CampaignOutcome.Removed _ -> "removed";
            case CampaignOutcome.Unchanged _ -> "=";
            case CampaignOutcome.Refused(var why) -> "!" + why.name().toLowerCase(Locale.ROOT);
        };
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            DRAFT   | BULK | NAME, SCOPE, TEXTS, AUDIENCE, SETTINGS
            DRAFT   | AUTOMATED | NAME, SCOPE, TEXTS, SETTINGS
            READY   | BULK | NAME, TEXTS, AUDIENCE, SETTINGS
            READY   | AUTOMATED | NAME, TEXTS, SETTINGS
            READY   | TRANSACTIONAL | NAME, TEXTS, SETTINGS
            SENDING | BULK | NAME
            PAUSED  | BULK | NAME, SETTINGS
            PAUSED  | AUTOMATED | NAME, TEXTS, SETTINGS
            DONE    | BULK | NAME
            DONE    | AUTOMATED | NAME
            """)
    void whatMayBeChangedGetsLess(CampaignState state, CampaignKind kind, String open) {
        assertThat(Arrays.stream(Part.values()).filter(part -> CampaignRules.isOpen(part,
                        new Standing(state, kind, true))).map(Part::name).collect(Collectors.joining(", ")))
                .isEqualTo(open);
    }

    @Test
    void onlyAReadyCampaignThatIsNotBulkIsSentByOperations() {
        for (CampaignState state : CampaignState.values()) {
            for (CampaignKind kind : CampaignKind.values()) {
                assertThat(CampaignRules.isSendable(state, kind)).as("%s %s", state, kind)
                        .isEqualTo(state == CampaignState.READY && kind != CampaignKind.BULK);
            }
        }
    }
}
