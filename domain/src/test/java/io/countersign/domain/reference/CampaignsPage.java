package io.countersign.domain.reference;

import io.countersign.domain.campaign.CampaignEvent;
import io.countersign.domain.campaign.CampaignKind;
import io.countersign.domain.campaign.CampaignOutcome;
import io.countersign.domain.campaign.CampaignRules;
import io.countersign.domain.campaign.CampaignRules.Part;
import io.countersign.domain.campaign.CampaignRules.Standing;
import io.countersign.domain.campaign.CampaignState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code docs/reference/campaigns.md}. */
final class CampaignsPage {
    private CampaignsPage() {}

    static String text() {
        var page = new Page("Campaigns");
        page.paragraph("""
                A campaign is written as a *draft*, checked when it is finished, and *ready* from then on. A bulk
                campaign is then started; operations and flows send the others, automated and transactional ones, which
                are alike here. What is refused says why.""");
        life(page, CampaignKind.BULK);
        life(page, CampaignKind.AUTOMATED);
        why(page);
        parts(page);
        return page.text();
    }

    private static void life(Page page, CampaignKind kind) {
        page.heading("The life of " + (kind == CampaignKind.BULK ? "a bulk campaign" : "the others"));
        List<CampaignState> states = Stream.of(CampaignState.values())
                .filter(state -> kind == CampaignKind.BULK || state != CampaignState.SENDING).toList();
        page.mermaid("stateDiagram-v2", moves(kind, states));
        var head = new ArrayList<>(List.of("State"));
        Arrays.stream(CampaignEvent.values()).map(CampaignsPage::word).forEach(head::add);
        page.table(head, states.stream().map(state -> row(state, kind)).toList());
    }

    private static List<String> moves(CampaignKind kind, List<CampaignState> states) {
        var lines = new ArrayList<>(List.of("[*] --> draft"));
        for (CampaignState state : states) {
            for (CampaignEvent event : CampaignEvent.values()) {
                if (CampaignRules.decide(new Standing(state, kind, false), event)
                        instanceof CampaignOutcome.Moved(CampaignState to)) {
                    lines.add(word(state) + " --> " + word(to) + " : " + word(event));
                }
            }
        }
        return lines;
    }

    private static List<String> row(CampaignState state, CampaignKind kind) {
        var row = new ArrayList<>(List.of(word(state)));
        for (CampaignEvent event : CampaignEvent.values()) {
            String before = words(CampaignRules.decide(new Standing(state, kind, false), event));
            String after = words(CampaignRules.decide(new Standing(state, kind, true), event));
            row.add(before.equals(after) ? before : before + "; once sent: " + after);
        }
        return row;
    }

    private static void why(Page page) {
        page.heading("Why something is refused");
        page.table(List.of("Reason", "What it says"), Arrays.stream(CampaignOutcome.Why.values())
                .map(why -> List.of("`" + word(why) + "`", why.explanation())).toList());
    }

    private static void parts(Page page) {
        page.heading("What may be changed when");
        page.paragraph("""
                *Scope* is brand, channel, topic, kind, profile and A/B; *texts* are subjects and bodies; *audience* is
                who gets a bulk campaign, and when it begins by itself; *settings* are the rest. A campaign in use that
                is not a bulk one may have its texts corrected: each text is kept, with the time from which it was
                sent.""");
        var head = new ArrayList<>(List.of("State"));
        Arrays.stream(Part.values()).map(CampaignsPage::word).forEach(head::add);
        var rows = new ArrayList<List<String>>();
        for (CampaignState state : CampaignState.values()) {
            var row = new ArrayList<>(List.of(word(state)));
            for (Part part : Part.values()) {
                boolean bulk = CampaignRules.isOpen(part, new Standing(state, CampaignKind.BULK, false));
                boolean other = CampaignRules.isOpen(part, new Standing(state, CampaignKind.AUTOMATED, false));
                row.add(bulk == other ? bulk ? "yes" : "no" : bulk ? "bulk only" : "others only");
            }
            rows.add(row);
        }
        page.table(head, rows);
    }

    private static String words(CampaignOutcome outcome) {
        return switch (outcome) {
            case CampaignOutcome.Moved(CampaignState to) -> "**" + word(to) + "**";
            case CampaignOutcome.Removed _ -> "**deleted**";
            case CampaignOutcome.Unchanged _ -> "unchanged";
            case CampaignOutcome.Refused(CampaignOutcome.Why why) -> "`" + word(why) + "`";
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
