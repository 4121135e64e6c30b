package io.countersign.server.campaign;

import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.template.InvalidTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What is wrong with a text, as callers see it. */
final class TextFaults {
    private static final int MOST = 50;

    private TextFaults() {}

    /** Does it; a text that cannot be used is a problem with everything that is wrong with it. */
    static <T> T refusing(Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidTemplate e) {
            throw new ProblemException(Problem.TEXT_REFUSED, e.getMessage())
                    .with("faults", e.faults().stream().limit(MOST).map(TextFaults::document).toList());
        }
    }

    private static Map<String, Object> document(InvalidTemplate.Fault fault) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("part", fault.part());
        document.put("line", fault.line());
        document.put("column", fault.column());
        document.put("code", fault.code());
        document.put("message", fault.message());
        return document;
    }

    /** The campaign cannot be used: everything that is missing or wrong. */
    static ProblemException incomplete(List<CampaignCheck.Fault> faults) {
        List<Map<String, String>> list = faults.stream().limit(MOST).map(fault -> {
            Map<String, String> document = new LinkedHashMap<>();
            document.put("at", fault.at());
            document.put("code", fault.code());
            document.put("message", fault.message());
            return document;
        }).toList();
        return new ProblemException(Problem.CAMPAIGN_INCOMPLETE, faults.getFirst().message()).with("faults", list);
    }
}
