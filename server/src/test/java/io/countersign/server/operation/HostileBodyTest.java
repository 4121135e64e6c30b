package io.countersign.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.countersign.server.operation.Endpoint.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a body is, the answer comes soon, in the envelope, and nothing of it is read twice or expanded. */
final class HostileBodyTest {
    private static Endpoint api;

    @BeforeAll
    static void start() {
        api = new Endpoint();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static Answer json(byte[] body) {
        return send("application/json", body);
    }

    private static Answer xml(String body) {
        return send("application/xml", body.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer send(String type, byte[] body) {
        return api.send("?endpointId=website&operation=Import", body, Map.of("Content-Type", type, "Accept",
                "application/json", "Authorization", "SecretKey " + Endpoint.KEY));
    }

    private static void isRefused(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.word()).isEqualTo("ProtocolError");
        assertThat(answer.json().path("httpStatusCode").asInt()).isEqualTo(status);
        assertThat(answer.body()).hasSizeLessThan(600);
    }

    static List<Arguments> brokenJson() {
        return List.of(Arguments.of("nothing", ""), Arguments.of("half", "{\"customer\":"),
                Arguments.of("a list", "[]"), Arguments.of("a text", "\"a\""),
                Arguments.of("twice the same name", "{\"customer\":{},\"customer\":{}}"),
                Arguments.of("two values", "{} {}"), Arguments.of("deep", "{\"a\":".repeat(40_000)),
                Arguments.of("deep enough", "{\"a\":".repeat(20) + "1" + "}".repeat(20)),
                Arguments.of("many values", "{\"a\":[" + "0,".repeat(100_000) + "0]}"),
                Arguments.of("a long number", "{\"customer\":{\"ids\":{\"crm\":" + "9".repeat(100_000) + "}}}"),
                Arguments.of("U+0000", "{\"customer\":{\"ids\":{\"crm\":\"a\\u0000\"}}}"),
                Arguments.of("half a surrogate pair", "{\"customer\":{\"ids\":{\"crm\":\"\\ud800\"}}}"),
                Arguments.of("a customer that is a list", "{\"customer\":[]}"),
                Arguments.of("ids that are a text", "{\"customer\":{\"ids\":\"1\"}}"),
                Arguments.of("an email that is an object", "{\"customer\":{\"email\":{}}}"),
                Arguments.of("subscriptions that are an object", "{\"customer\":{\"subscriptions\":{}}}"),
                Arguments.of("too many subscriptions",
                        "{\"customer\":{\"subscriptions\":[" + "{},".repeat(201) + "{}]}}"));
    }

    @ParameterizedTest
    @MethodSource("brokenJson")
    void brokenJsonIsAProtocolError(String what, String body) {
        assertThat(what).isNotBlank();
        isRefused(json(body.getBytes(StandardCharsets.UTF_8)), 400);
    }

    static List<Arguments> brokenXml() {
        String doctype = "<!DOCTYPE operation [<!ENTITY a \"b\">]>";
        return List.of(Arguments.of("nothing", ""), Arguments.of("half", "<operation><customer>"),
                Arguments.of("another root", "<result/>"), Arguments.of("no XML", "{\"customer\":{}}"),
                Arguments.of("two roots", "<operation/><operation/>"),
                Arguments.of("a document type", doctype + "<operation/>"),
                Arguments.of("an entity", doctype + "<operation>&a;</operation>"),
                Arguments.of("an unknown entity", "<operation>&a;</operation>"),
                Arguments.of("twice the same element", "<operation><customer/><customer/></operation>"),
                Arguments.of("a stranger in a list",
                        "<operation><customer><subscriptions><topic/></subscriptions></customer></operation>"),
                Arguments.of("deep", "<operation>" + "<a>".repeat(50_000)),
                Arguments.of("many elements", "<operation><a>" + "<b/>".repeat(6_000) + "</a></operation>"),
                Arguments.of("another encoding", "<?xml version=\"1.0\" encoding=\"windows-1251\"?><operation/>"),
                Arguments.of("U+0000", "<operation><customer><ids><crm>a\u0000</crm></ids></customer></operation>"),
                Arguments.of("many attributes", "<operation " + "a ".repeat(10_000) + "/>"));
    }

    @ParameterizedTest
    @MethodSource("brokenXml")
    void brokenXmlIsAProtocolError(String what, String body) {
        assertThat(what).isNotBlank();
        isRefused(xml(body), 400);
    }

    @Test
    void anEntityBombDoesNotGoOff() {
        var bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE operation [<!ENTITY a0 \"aaaaaaaaaa\">");
        for (int i = 1; i < 12; i++) {
            bomb.append("<!ENTITY a").append(i).append(" \"").append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
        }
        bomb.append("]><operation><customer><firstName>&a11;</firstName></customer></operation>");
        long start = System.nanoTime();
        isRefused(xml(bomb.toString()), 400);
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }

    @Test
    void nothingOutsideOfTheBodyIsRead(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "the secret");
        var asked = new AtomicInteger();
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        site.start();
        String outside = "http://127.0.0.1:" + site.getAddress().getPort() + "/evil.dtd";
        for (String type : new String[] {"<!DOCTYPE operation SYSTEM \"" + outside + "\">",
            "<!DOCTYPE operation [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>",
            "<!DOCTYPE operation [<!ENTITY % e SYSTEM \"" + outside + "\"> %e;]>"}) {
            Answer answer = xml(type + "<operation><customer><ids><crm>x</crm></ids><firstName>&e;</firstName>"
                    + "</customer></operation>");
            isRefused(answer, 400);
            assertThat(answer.body()).doesNotContain("the secret");
        }
        site.stop(0);
        assertThat(asked).hasValue(0);
    }

    @Test
    void otherEncodingsAreRefused() {
        String name = "{\"customer\":{\"ids\":{\"crm\":\"1\"},\"firstName\":\"Анна\"}}";
        isRefused(json(name.getBytes(Charset.forName("windows-1251"))), 400);
        isRefused(json(name.getBytes(StandardCharsets.UTF_16)), 400);
        isRefused(json(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'}), 400);
        byte[] marked = ("\uFEFF" + name).getBytes(StandardCharsets.UTF_8);
        assertThat(json(marked).word()).isEqualTo("Success");
        assertThat(send("application/xml", "\uFEFF<operation><customer><ids><crm>1</crm></ids></customer></operation>"
                .getBytes(StandardCharsets.UTF_8)).word()).isEqualTo("Success");
    }

    @Test
    void fiftyMegabytesAreRefusedWithoutBeingRead() throws IOException {
        String head = "POST /v3/operations/sync?endpointId=website&operation=Import HTTP/1.1\r\nHost: a\r\n"
                + "Authorization: SecretKey " + Endpoint.KEY + "\r\nContent-Type: application/json\r\n";
        String declared = answerTo(head + "Content-Length: " + 50 * 1024 * 1024 + "\r\n\r\n", 0);
        assertThat(declared).startsWith("HTTP/1.1 413").contains("\"status\":\"ProtocolError\"",
                "\"httpStatusCode\":413");
        String chunked = answerTo(head + "Transfer-Encoding: chunked\r\n\r\n", 50);
        assertThat(chunked).startsWith("HTTP/1.1 413").contains("\"status\":\"ProtocolError\"");
    }

    /** Sends so many megabytes in chunks, as far as they are taken. */
    private static String answerTo(String head, int megabytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            try {
                for (int i = 0; i < megabytes * 16; i++) {
                    out.write(chunk);
                }
            } catch (IOException refused) {
                // The answer is there before the body is over.
            }
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(2_000), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aFullCallWithinTheLimitsIsTaken() {
        var fields = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            fields.append(i == 0 ? "" : ",").append("\"f" + i + "\":\"" + "x".repeat(500) + "\"");
        }
        assertThat(json(("{\"customer\":{\"ids\":{\"crm\":\"full\"},\"customFields\":{" + fields + "}}}")
                .getBytes(StandardCharsets.UTF_8)).word()).isEqualTo("Success");
        Answer more = json("{\"customer\":{\"ids\":{\"crm\":\"full\"},\"customFields\":{\"one more\":1}}}"
                .getBytes(StandardCharsets.UTF_8));
        assertThat(more.word()).isEqualTo("ValidationError");
    }
}
