package io.countersign.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.1", "::ffff:192.0.2.1, 192.0.2.1",
            "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "[2001:DB8:1:2::9], 2001:db8:1:2:0:0:0:0/64", "::1, 0:0:0:0:0:0:0:0/64"})
    void limitsAreCountedByAddressOrPrefix(String literal, String key) {
        assertThat(ClientAddress.parse(literal).orElseThrow().limitKey()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "example.com", "1.2.3", "1.2.3.256", "1.2.3.4:80", ":::", "1",
            "0x7f.1", "::1%lo",
        "a.b.c.d", "unknown", "_hidden"})
    void whatIsNoLiteralIsNoAddress(String text) {
        assertThat(ClientAddress.parse(text)).isEmpty();
    }

    @Test
    void aProxyIsTrustedByAddressOrNetwork() {
        TrustedProxies proxies = TrustedProxies.of(List.of("10.1.2.3", "192.168.4.0/22", "2001:db8::/33"));
        assertThat(List.of("10.1.2.3", "192.168.7.255", "2001:db8:7fff::1", "::ffff:10.1.2.3"))
                .allMatch(text -> proxies.contains(ClientAddress.parse(text).orElseThrow()));
        assertThat(List.of("10.1.2.4", "192.168.8.0", "2001:db8:8000::1", "::1"))
                .noneMatch(text -> proxies.contains(ClientAddress.parse(text).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "/8"})
    void aMistakeInTheListOfProxiesIsToldAtOnce(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TrustedProxies.of(List.of(text)));
    }
}
