package io.countersign.server.platform.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BrandLookTest {
    @Test
    void theNameFitsOnOneLine() {
        String name = BrandLook.plain(" Acme\r\nBcc: x@example.org\u202E\u0000 ", "en").name();
        assertThat(name).isEqualTo("Acme  Bcc: x@example.org");
        assertThat(BrandLook.plain("x".repeat(5000), "en").name()).hasSize(200);
    }

    @Test
    void whatIsNoColorIsDropped() {
        assertThat(new BrandLook("A", "en", "red;background:url(x)", null).accentColor()).isEmpty();
        assertThat(new BrandLook("A", "en", "#12AbEf", null).accentColor().orElseThrow().hex())
                .isEqualTo("#12abef");
    }

    @Test
    void whatIsNoPictureAddressIsDropped() {
        for (String bad : new String[] {"javascript:alert(1)", "//evil.example/x", "data:image/png,x",
                "/a\" b", "x.png"}) {
            assertThat(new BrandLook("A", "en", null, bad).logoUrl()).as(bad).isNull();
        }
        assertThat(new BrandLook("A", "en", null, "/logos/acme.png").logoUrl()).isEqualTo("/logos/acme.png");
    }
}
