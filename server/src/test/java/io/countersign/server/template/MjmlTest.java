package io.countersign.server.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.digitalfondue.jfiveparse.JFiveParse;
import io.countersign.server.template.Content.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MjmlTest {
    static final String MAIL = """
            <mjml>
              <mj-head><mj-title>${Brand.Name}</mj-title>
                <mj-attributes><mj-all font-family="Arial" /></mj-attributes></mj-head>
              <mj-body>
                <#if Recipient.FirstName??>
                <mj-section background-color="#eeeeee"><mj-column>
                  <mj-text>Hi ${Recipient.FirstName}, <a href="https://x.example/?a=1&amp;b=2">look</a></mj-text>
                </mj-column></mj-section>
                </#if>
                <mj-section>
                  <mj-column>
                    <#list Recipient.Recommendations.popular![] as p>
                    <mj-image src="${p.ImageUrl!"https://x.example/none.png"}" alt="${p.Name}" href="${p.Url}" />
                    </#list>
                    <mj-button href="https://x.example/end" data-link="unsubscribe-channel">Leave</mj-button>
                    <mj-button data-link="vote" data-name="yes" background-color="#ff0000">Yes</mj-button>
                  </mj-column>
                </mj-section>
              </mj-body>
            </mjml>""";

    static Content mjml(String source) {
        return new Content("S", "See ${Brand.Name}", Format.MJML, source, "");
    }

    @Test
    void componentsBecomeHtmlWithLinksOfTheirOwn() {
        Template text = Templates.compile(mjml(MAIL));
        Filled filled = text.fill(Fillings.ann());
        assertThat(JFiveParse.parse(filled.html()).getElementsByTagName("a")).extracting(a -> a.getAttribute("href"))
                .containsExactly("https://t.example/1?to=https://x.example/?a=1&b=2",
                        "https://t.example/2?to=https://shop.example/p/1?a=1&b=2",
                        "https://t.example/2?to=https://shop.example/p/2",
                        "https://a.example/unsubscribe_channel/3?to=https://x.example/end", "https://v.example/yes");
        assertThat(filled.html()).contains("<title>Shop &amp; more</title>", "See Shop &amp; more</div>")
                .doesNotContain("data-link", "mj-raw", "\uFDD0");
        assertThat(filled.text()).isEqualTo("""
                Hi Ann, look: https://t.example/1?to=https://x.example/?a=1&b=2

                Tea & co: https://t.example/2?to=https://shop.example/p/1?a=1&b=2

                Mug: https://t.example/2?to=https://shop.example/p/2

                Leave: https://a.example/unsubscribe_channel/3?to=https://x.example/end

                Yes: https://v.example/yes""");
        assertThat(text.fill(Fillings.nobody()).text()).startsWith("Leave: ");
        assertThat(text.needs().answers()).containsExactly("yes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "<mj-text>${Recipient.Firstname}</mj-text>|unknown_parameter|2",
        "<mj-text><script>x</script></mj-text>|forbidden|0",
        "<mj-include path=\"/etc/passwd\" />|forbidden|2",
        "<mj-image src=\"https://x.example/a.png\" title=\"t\" unknown=\"${Brand.Name}\" />|syntax|2",
        "<mj-button href=\"x\">x</mj-button>|link|0",
    })
    void whatIsWrongIsToldWhereItStands(String component, String code, int line) {
        String source = "<mjml><mj-body><mj-section><mj-column>\n" + component
                + "</mj-column></mj-section></mj-body></mjml>";
        assertThatThrownBy(() -> Templates.compile(mjml(source))).isInstanceOfSatisfying(InvalidTemplate.class, e -> {
            assertThat(e.faults().getFirst().code()).isEqualTo(code);
            assertThat(e.faults().getFirst().line()).isEqualTo(line);
        });
    }

    @Test
    void otherThingsAreNotMjml() {
        for (String source : new String[] {"<p>x</p>", "x", "<mjml>" + "<mj-body>".repeat(5_000)}) {
            assertThatThrownBy(() -> Templates.compile(mjml(source))).isInstanceOf(InvalidTemplate.class);
        }
    }
}
