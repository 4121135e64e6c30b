package io.countersign.server.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.subscription.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The commands of the guide are run as they stand there, one after the other, in one shell. */
final class FeedbackGuideTest {
    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyCommandOfTheGuideDoesWhatItSays() throws Exception {
        Assumptions.assumeTrue(Stream.of("curl", "openssl").allMatch(FeedbackGuideTest::isThere)
                || System.getenv("CI") != null, "curl or openssl is not here");
        try (var scene = new FeedbackScene()) {
            scene.node.clock.set(InstantSource.system().instant()); // the guide signs with the time of the machine
            scene.customer(ContactType.EMAIL, "ann@example.org");
            UUID phone = scene.customer(ContactType.MOBILE, "+4915112345678");
            String output = run(commands().replace("http://localhost:8080", scene.request("/").build().uri().toString()
                    .replaceAll("/$", "")));
            assertThat(output).contains("{\"unmatched_feedback\":[],\"next\":null}",
                    "{\"taken\":0,\"repeated\":0,\"unmatched\":1}",
                    "{\"taken\":1,\"repeated\":0,\"unmatched\":0}", "204");
            assertThat(scene.invalid("ann@example.org")).isEqualTo("no_such_address");
            assertThat(scene.status(phone, "shop", Channel.SMS)).isEqualTo("unsubscribed");
        }
    }

    private static String commands() throws IOException {
        String guide = Files.readString(Path.of(System.getProperty("countersign.root"))
                .resolve("docs/guides/bounces-and-complaints.md"));
        return BLOCK.matcher(guide).results().map(block -> block.group(1)).collect(Collectors.joining("\n"));
    }

    private static String run(String commands) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(List.of("sh", "-e", "-c", commands)).redirectErrorStream(true);
        builder.environment().put("TOKEN", FeedbackScene.OWNER);
        builder.environment().put("no_proxy", "*");
        var process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
