package io.countersign.server.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.digitalfondue.jfiveparse.Element;
import ch.digitalfondue.jfiveparse.JFiveParse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of links, read back by another parser than the one that found them. */
final class TemplateLinksTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "<a href=\"https://x.example/a?b=1&amp;c=2\">|https://t.example/1?to=https://x.example/a?b=1&c=2",
        "<a href='https://x.example/'>|https://t.example/1?to=https://x.example/",
        "<A HREF=https://x.example/>|https://t.example/1?to=https://x.example/",
        "<a class=\"b\" href = \"https://x.example/${Recipient.FirstName}\" id=\"i\">"
                + "|https://t.example/1?to=https://x.example/Ann",
        "<a href=\"https://x.example/?n=${Recipient.LastName}\">"
                + "|https://t.example/1?to=https://x.example/?n=O'Hara%20%26%20S%C3%B6hne%20%3Ci%3E",
        "<a href=\"https://x.example/?n=${Recipient.LastName?url}\">"
                + "|https://t.example/1?to=https://x.example/?n=O'Hara%20%26%20S%C3%B6hne%20%3Ci%3E",
        "<a href=\"https://x.example/?utm_campaign=${Message.MailingUtmName}\">"
                + "|https://t.example/1?to=https://x.example/?utm_campaign=spring-utm",
        "<a href=\"https://x.example/<#if Recipient.FirstName??>a<#else>b</#if>\">"
                + "|https://t.example/1?to=https://x.example/a",
        "<a href=\"${CustomParameters.url}\">|https://t.example/1?to=https://shop.example/o/17",
        "<a href=\"mailto:a@x.example\">|mailto:a@x.example",
        "<a href=\"tel:+49301234\">|tel:+49301234",
        "<a href=\"#top\">|#top",
        "<a href=\"${Message.UnsubscribeLink}\">|https://a.example/unsubscribe_channel/0",
        "<a data-link=\"unsubscribe-channel\">|https://a.example/unsubscribe_channel/1",
        "<a href=\"\" data-link=\"unsubscribe-topic\">|https://a.example/unsubscribe_topic/1",
        "<a href=\"#\" data-link=confirm-topic>|https://a.example/confirm_topic/1",
        "<a data-link=\"confirm-channel\" href=\"https://x.example/?w=${Recipient.FirstName}\">"
                + "|https://a.example/confirm_channel/1?to=https://x.example/?w=Ann",
        "<a href=\"https://x.example/\" data-link=\"preferences\">"
                + "|https://a.example/preferences/1?to=https://x.example/",
        "<a data-link=\"view\" style=\"color:red\">|https://a.example/view/1",
        "<a data-link=\"vote\" data-name=\"yes.1\">|https://v.example/yes.1",
        "<a href=\"https://x.example/?direct-crm-ticket=${Ticket.EmailConfirmationLinkTicket}\">"
                + "|https://x.example/?direct-crm-ticket=tick-1",
        "<#assign t = Ticket.EmailConfirmationLinkTicket><a href=\"https://x.example/?t=${t}\">"
                + "|https://x.example/?t=tick-1",
    })
    void eachKindOfLinkLeadsWhereItShould(String tag, String address) {
        Filled filled = Fillings.fillHtml("<p>" + tag + "Go</a></p>");
        Element link = link(filled.html());
        assertThat(link.getAttribute("href")).isEqualTo(address);
        assertThat(link.hasAttribute("data-link") || link.hasAttribute("data-name")).isFalse();
        String shown = address.replaceFirst("^(mailto|tel):", "");
        assertThat(filled.text()).isEqualTo(address.startsWith("#") ? "Go" : "Go: " + shown);
    }

    private static Element link(String html) {
        List<Element> links = JFiveParse.parse(html).getElementsByTagName("a");
        assertThat(links).hasSize(1);
        return links.getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<a href=\"\">", "<a href=\"/relative\">", "<a href=\"//x.example/\">", "<a href=\"ftp://x.example/\">",
        "<a href=\"https://\">", "<a href=\"https://x.example/a b\">", "<a data-link=\"unsubscribe\">",
        "<a data-link=\"view\" href=\"javascript:x\">", "<a data-name=\"x\" href=\"https://x.example/\">",
        "<a data-link=\"vote\">", "<a data-link=\"vote\" data-name=\"a b\">",
        "<a data-link=\"vote\" data-name=\"a\" href=\"https://x.example/\">", "<p data-link=\"view\"><a href=\"#x\">",
    })
    void aLinkThatCannotBeFollowedIsRefused(String tag) {
        assertThatThrownBy(() -> Templates.compile(Fillings.html("x\n" + tag + "Go</a>")))
                .isInstanceOfSatisfying(InvalidTemplate.class, e -> {
                    assertThat(e.faults().getFirst().code()).isIn("link", "forbidden");
                    assertThat(e.faults().getFirst().line()).isEqualTo(2);
                });
    }

    @Test
    void linksAreNumberedInTheirOrderAndTheRestStaysAsItWasWritten() {
        String html = """
                <!DOCTYPE html>
                <html><head><style>a > b { color: red }</style></head><BODY bgcolor=white>
                <!--[if mso]><table><tr><td><a href="https://x.example/mso"><![endif]-->
                <table><#list Recipient.Recommendations.popular as p>
                <tr><td><a href="${p.Url}"><img src='${p.ImageUrl!"https://x.example/0.png"}' alt="${p.Name}">\
                </a></table>
                </#list>
                <b>unclosed <a href="https://x.example/2">two</a> <a name="here">&nbsp;&copy</a>
                <a data-link=view >three</a></BODY></html>""";
        assertThat(Fillings.fillHtml(html).html()).isEqualTo("""
                <!DOCTYPE html>
                <html><head><style>a > b { color: red }</style></head><BODY bgcolor=white>
                <!--[if mso]><table><tr><td><a href="https://x.example/mso"><![endif]-->
                <table>
                <tr><td><a href="https://t.example/1?to=https://shop.example/p/1?a=1&amp;b=2">\
                <img src='https://shop.example/1.png' alt="Tea &amp; co"></a></table>

                <tr><td><a href="https://t.example/1?to=https://shop.example/p/2">\
                <img src='https://x.example/0.png' alt="Mug"></a></table>
                <b>unclosed <a href="https://t.example/2?to=https://x.example/2">two</a> <a name="here">&nbsp;&copy</a>
                <a href="https://a.example/view/3" >three</a>\
                <img src="https://t.example/o.gif" width="1" height="1" alt="" style="display:block;border:0">\
                </BODY></html>""");
    }

    @Test
    void theAddressesOfAnSmsStayAsTheyWereWritten() {
        assertThat(Fillings.say("https://x.example/ Stop: ${Message.UnsubscribeLink}"))
                .isEqualTo("https://x.example/ Stop: https://a.example/unsubscribe_channel/0");
    }
}
