package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** What a person agreed to, shown to somebody who does not trust the server. */
class EvidenceTest {
    @Test
    void aConfirmationIsProvenWithTheMailThatWasShownAndEveryChainIsWhole(@TempDir Path folder) throws Exception {
        try (var sink = SmtpSink.start(); var server = ServerProcess.start(Provision.shop(sink))) {
            var api = new Api(server.base());
            api.signUp("ann@example.org");
            var mail = new Mailbox(sink, "ann@example.org").await(1);
            assertThat(api.press(mail.page(), "confirm").status()).isEqualTo(200);
            String id = api.customer("ann@example.org").path("id").asString();

            var proof = api.asOperator("/v1/customers/" + id + "/proof");
            JsonNode consents = proof.json().at("/document/customer/consents");
            assertThat(consents.size()).isEqualTo(2);
            JsonNode confirmation = consents.get(1);
            assertThat(confirmation.path("kind").asString()).isEqualTo("confirmation");
            assertThat(confirmation.path("wording").asString()).contains("Confirm subscription");
            for (String what : List.of("form", "form_version", "integration")) {
                assertThat(confirmation.path(what)).as(what).isEqualTo(consents.get(0).path(what))
                        .isNotEqualTo(NullNode.getInstance());
            }
            String secret = mail.page().substring(mail.page().lastIndexOf('/') + 1);
            assertThat(confirmation.path("mail").asString()).contains("Acme Shop", "/c/...")
                    .doesNotContain(secret).doesNotContain("ann@example.org");
            assertThat(proof.json().at("/document/messages/0/text")).isEqualTo(confirmation.path("mail"));
            assertThat(proof.text()).doesNotContain(secret);

            Path file = Files.write(folder.resolve("proof.json"), proof.bytes());
            Path keys = Files.write(folder.resolve("keys.json"), api.get("/v1/signing-keys").bytes());
            var genuine = Program.run(Map.of(), "verify-proof", file.toString(), "--keys", keys.toString());
            assertThat(genuine.output()).contains("genuine", id, "2, as recorded");
            assertThat(genuine.code()).isZero();
            Files.writeString(file, proof.text().replace("ann@example.org", "eve@example.org"));
            var forged = Program.run(Map.of(), "verify-proof", file.toString(), "--keys", keys.toString());
            assertThat(forged.output()).contains("NOT GENUINE");
            assertThat(forged.code()).isOne();

            var busy = Program.run(Map.of(), "doctor", "--data", server.data().toString());
            assertThat(busy.output()).contains("nothing was checked", "Stop the server first");
            assertThat(busy.code()).isEqualTo(2);
            server.stop();
            var whole = Program.run(Map.of(), "doctor", "--data", server.data().toString());
            assertThat(whole.output()).contains("acme: 2 consents of 1 customers").contains("as recorded");
            assertThat(whole.code()).isZero();
        }
    }
}
