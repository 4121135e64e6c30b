package io.countersign.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebOriginTest {
    @ParameterizedTest
    @CsvSource({
        "https://www.example.org,                 https://www.example.org",
        "https://www.example.org/,                https://www.example.org",
        "HTTPS://WWW.Example.ORG:443/a?b#c,       https://www.example.org",
        "http://example.org:80,                   http://example.org",
        "http://example.org:443,                  http://example.org:443",
        "http://localhost:9000/page,              http://localhost:9000",
        "http://[::1]:9000,                       http://[::1]:9000",
        "https://good.example@evil.example/,      https://evil.example"})
    void isWrittenAsBrowsersWriteIt(String address, String origin) {
        assertThat(WebOrigin.of(address)).contains(origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "", "*", "file:///etc/passwd", "javascript:alert(1)", "//example.org",
        "example.org", "https://", "https://a b", "https://\u00e4.example", "data:text/html,x"})
    void whatIsNoWebPageHasNone(String address) {
        assertThat(WebOrigin.of(address)).isEmpty();
    }

    @Test
    void anEndlessAddressHasNone() {
        assertThat(WebOrigin.of("https://" + "a".repeat(1_000_000))).isEmpty();
    }
}
