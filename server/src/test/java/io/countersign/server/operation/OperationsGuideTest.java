package io.countersign.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.operation.Endpoint.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The calls that the guide shows are made as they stand there. */
final class OperationsGuideTest {
    private static final Pattern CALL = Pattern.compile(
            "```sh\\ncurl 'http://localhost:8080(/v3/[a-z/]+)([^']+)'(.*?) -d '([^']+)'\\n```", Pattern.DOTALL);
    private static final Pattern HEADER = Pattern.compile("-H '([^:]+): ([^']+)'");

    @Test
    void everyCallOfTheGuideSucceeds() throws IOException {
        String guide = Files.readString(Path.of(System.getProperty("countersign.root"))
                .resolve("docs/guides/operations.md"));
        List<MatchResult> calls = CALL.matcher(guide).results().toList();
        assertThat(calls).hasSize(guide.split("```sh").length - 1).hasSizeGreaterThan(3);
        var answers = new ArrayList<String>();
        try (var api = new Endpoint()) {
            api.call("Import", "{'customer':{'ids':{'crm':'43'}}}");
            for (MatchResult call : calls) {
                answers.add(made(api, call).body());
            }
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer).contains("Success").doesNotContain("NotFound"));
        assertThat(answers.getFirst()).startsWith("{\"status\":\"Success\",\"customer\":{\"processingStatus\":"
                + "\"Created\",\"ids\":{\"mindboxId\":\"cus_01");
        assertThat(answers.get(1)).contains("<email>ann@example.org</email>");
    }

    private static Answer made(Endpoint api, MatchResult call) {
        Map<String, String> headers = new HashMap<>();
        HEADER.matcher(call.group(3)).results().forEach(header -> headers.put(header.group(1), header.group(2)));
        Answer answer = api.send(call.group(1), call.group(2), call.group(4).getBytes(StandardCharsets.UTF_8), headers);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }
}
