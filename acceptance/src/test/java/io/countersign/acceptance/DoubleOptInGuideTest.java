package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every command of the guide on double opt-in does what the guide says, one after the other. */
class DoubleOptInGuideTest {
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^ *```sh\n(.*?)^ *```$");
    private static final String BRAND = "guided";

    @RegisterExtension
    static final Shop SHOP = new Shop();

    @Test
    void everyCommandIsAnswered() throws Exception {
        var made = SHOP.api().as(Provision.OWNER, "POST", "/v1/brands", "application/json",
                "{\"slug\":\"%s\",\"name\":\"Guided\"}".formatted(BRAND));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        SHOP.api().as(Provision.OWNER, "POST", "/v1/brands/" + BRAND + "/topics", "application/json",
                "{\"slug\":\"news\",\"name\":\"News\"}");
        List<String> commands = commands();
        assertThat(commands).hasSizeGreaterThan(6);
        String script = "curl() { command curl -sS --fail-with-body \"$@\"; echo; }\n" + String.join("\n", commands)
                .replaceFirst("SERVER=\\S+", "SERVER=" + SHOP.base().toString().replaceAll("/$", ""))
                .replace("brands/shop", "brands/" + BRAND).replace("brand=shop", "brand=" + BRAND)
                .replace("\"brand\":\"shop\"", "\"brand\":\"" + BRAND + "\"");
        var run = new ProcessBuilder("bash", "-e", "-c", script).redirectErrorStream(true).start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).as(output).isZero();
        assertThat(output).contains("\"possible\":true", "\"name\":\"Good news\"", "\"slug\":\"art\"",
                "\"landing_url\":\"https://www.acme.test/welcome\"", "Yes, I want your emails",
                "\"slug\":\"please-confirm\"");
    }

    private static List<String> commands() throws Exception {
        String guide = Files.readString(Path.of(System.getProperty("countersign.root"), "docs", "guides",
                "double-opt-in.md"));
        var commands = new ArrayList<String>();
        var matcher = COMMANDS.matcher(guide);
        while (matcher.find()) {
            commands.add(matcher.group(1));
        }
        return commands;
    }
}
