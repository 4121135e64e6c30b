package io.countersign.server.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.offer.PersonOffers;
import io.countersign.server.template.Content.Format;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplatesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "${Recipient.FirstName}|Ann",
        "${Recipient.LastName}|O'Hara & Söhne <i>",
        "${Recipient.Email} ${Recipient.MobilePhone}|ann@example.org +4915112345678",
        "${Recipient.Fields.city} ${Recipient.CustomFields.city} ${Recipient.Fields[\"odd name\"]}|Köln Köln x",
        "${Recipient.Fields.visits} ${Recipient.Fields.visits?c}|1,234,567 1234567",
        "${Recipient.Fields.member} ${Recipient.Fields.member?string(\"yes\", \"no\")}|true yes",
        "${Recipient.Fields.since?string(\"dd.MM.yyyy\")}|02.01.2020",
        "${Recipient.Ids.CrmID}|42",
        "${Recipient.LastReceivedPromoCode.WithType{spring-sale}.Value}|SPRING10",
        "${Recipient.LastReceivedPromoCode.WithType(\"spring-sale\").Value}|SPRING10",
        "${Recipient.Points.Balance}|1,250",
        "${Recipient.Points.ExpiresAt?string(\"yyyy-MM-dd\")}|2026-12-31",
        "${Recipient.Points.ExpiresAt.AddDays(1)?string(\"yyyy-MM-dd\")}|2027-01-01",
        "${Message.SendingDateTime.AddDays(14)?string(\"dd.MM. HH:mm\")}|10.04. 10:30",
        "${Message.SendingDateTime.AddDays(-1)?string.iso}|2026-03-26T10:30:00+01:00",
        "${Message.UnsubscribeLink}|https://a.example/unsubscribe_channel/0",
        "${Message.TopicUnsubscribeLink}|https://a.example/unsubscribe_topic/0",
        "${Message.PreferencesLink}|https://a.example/preferences/0",
        "${Message.AccessibilityLink}|https://a.example/view/0",
        "${Message.MailingUtmName} ${Message.CampaignName}|spring-utm Spring",
        "${Brand.Name}, ${Brand.PostalAddress}|Shop & more, Shop GmbH, Weg 1, 50667 Köln",
        "${CustomParameters.order}|A-17",
        "${Recipient.MobilePhoneConfirmationCode}|123456",
        "${Ticket.UniversalAuthenticationCustomizableTimeTicket(60)}|uni-60",
        "<#list Recipient.Recommendations.popular as p>${p.Name}<#sep>, </#sep></#list>|Tea & co, Mug",
        "<#list Recipient.Recommendations.{popular}[0..0] as p>${p?counter} ${p.Price?string(\"0.00\")} ${p.Currency}"
                + "</#list>|1 19.90 EUR",
        "<#list Recipient.Recommendations.popular><#items as p>${p.Id}</#items><#else>none</#list>|12",
        "${Recipient.Recommendations.popular?size} ${Recipient.Recommendations.popular?first.Name}|2 Tea & co",
        "<#list Recipient.Recommendations.new![] as p>${p.Name}<#else>none</#list>|none",
        "<#assign n = Recipient.FirstName!\"friend\">${n?upper_case}|ANN",
        "<#if Recipient.Points.Balance gt 1000 && Recipient.FirstName == \"Ann\">rich<#else>poor</#if>|rich",
        "<#if (Recipient.Points.Balance > 2000)>a<#elseif Recipient.Points.Balance &gt;= 1250>b</#if>|b",
        "<#if CustomParameters.coupon??>${CustomParameters.coupon}<#else>-</#if>|-",
        "${(Recipient.Points.Balance + 50) / 100 * 2}|26",
        "${\"a}b>\" + 'c'}|a}b>c",
        "<#list 1..3 as i><#if i == 2><#continue></#if>${i}</#list>|13",
        "${Recipient.Fields.tags?join(\"+\")}|tea+jazz",
        "a<#-- ${nothing} -->b|ab",
        "{x} $x #{x} [=x] [#if] $|{x} $x #{x} [=x] [#if] $",
        "$<#-- -->{Recipient.FirstName}|${Recipient.FirstName}",
        "<<#-- -->#if true>|<#if true>",
    })
    void aTextSaysWhatItNames(String source, String said) {
        assertThat(Fillings.say(source)).isEqualTo(said);
    }

    @Test
    void whatIsMissingIsAFaultUnlessTheAuthorSaidWhatToSay() {
        Template text = Templates.compile(Fillings.sms("Hi\nand ${Recipient.FirstName}!"));
        assertThatThrownBy(() -> text.fill(Fillings.nobody())).isInstanceOfSatisfying(InvalidTemplate.class, e -> {
            assertThat(e.faults()).singleElement().satisfies(fault -> {
                assertThat(fault.part()).isEqualTo("source");
                assertThat(fault.line()).isEqualTo(2);
                assertThat(fault.column()).isEqualTo(5);
                assertThat(fault.code()).isEqualTo("missing_value");
                assertThat(fault.message()).startsWith("Recipient.FirstName: ");
            });
        });
        assertThat(Templates.compile(Fillings.sms("""
                ${Recipient.FirstName!"friend"} ${Recipient.LastName!"-"} <#if Recipient.Email??>mail</#if>\
                ${Recipient.Points.Balance!0} ${Recipient.LastReceivedPromoCode.WithType{x}.Value!"no code"}\
                 ${(CustomParameters.a.b)!"c"}""")).fill(Fillings.nobody()).text())
                .isEqualTo("friend - 0 no code c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Hi ${Recipient.firstname}|1|6|unknown_parameter",
        "Hi\\n  ${Recipent.FirstName}|2|5|unknown_parameter",
        "${nothing}|1|3|unknown_parameter",
        "${Recipient.FirstName.Length}|1|3|unknown_parameter",
        "<#list Recipient.Recommendations.popular as p>${p.Prise}</#list>|1|49|unknown_parameter",
        "<#list 1..2 as i></#list>${i}|1|28|unknown_parameter",
        "${Recipient}|1|3|wrong_type",
        "${Recipient.Recommendations.popular}|1|3|wrong_type",
        "${Recipient.LastReceivedPromoCode.WithType}|1|3|wrong_type",
        "${Message.SendingDateTime.AddDays(\"x\")}|1|35|wrong_type",
        "${Recipient.FirstName - 1}|1|3|wrong_type",
        "<#if Recipient.FirstName></#if>|1|6|wrong_type",
        "<#list Recipient.FirstName as x></#list>|1|8|wrong_type",
        "Hi ${Recipient.FirstName|1|25|syntax",
        "${Recipient.FirstName!\"x}|1|23|syntax",
        "${}|1|3|syntax",
        "<#if true>x|1|1|syntax",
        "x</#if>|1|2|syntax",
        "<#if true><#list 1..2 as x></#if></#list>|1|28|syntax",
        "<#else>|1|1|syntax",
        "<#break>|1|1|syntax",
        "<#assign Recipient = 1>|1|10|syntax",
        "${Message.SendingDateTime?string(\"bbb\")}|1|34|syntax",
        "<#-- never closed|1|1|syntax",
    })
    void whatIsWrongIsFoundWhenTheTextIsCompiled(String source, int line, int column, String code) {
        assertThatThrownBy(() -> Templates.compile(Fillings.sms(source.replace("\\n", "\n"))))
                .isInstanceOfSatisfying(InvalidTemplate.class, e -> assertThat(e.faults()).first()
                        .isEqualTo(new InvalidTemplate.Fault("source", line, column, code,
                                e.faults().getFirst().message())));
    }

    @Test
    void allFaultsOfATextAreToldAtOnce() {
        assertThatThrownBy(() -> Templates.compile(new Content("${A.b}", "${C}", Format.HTML, "<p>${D}${E}</p>", "")))
                .isInstanceOfSatisfying(InvalidTemplate.class, e -> assertThat(e.faults())
                        .extracting(InvalidTemplate.Fault::part)
                        .containsExactly("subject", "preheader", "source", "source"));
    }

    @Test
    void aTextTellsWhatMustBeKnownToFillIt() {
        Needs needs = Templates.compile(new Content("${CustomParameters.subject}", "${Recipient.Points.Balance}",
                Format.HTML, """
                <#if CustomParameters.vip??><p>${Recipient.LastReceivedPromoCode.WithType{vip}.Value}</p></#if>
                <#list Recipient.Recommendations.popular as p><a href="${p.Url}?c=${CustomParameters["code"]}">x</a>
                </#list>
                <a href="https://x.example/?direct-crm-ticket=${Ticket.EmailConfirmationLinkTicket}">confirm</a>
                <a data-link="unsubscribe-topic">no</a><a href="${Message.PreferencesLink}">p</a>
                <a data-link="vote" data-name="yes">yes</a>""", "")).needs();
        assertThat(needs.offers().pools()).containsExactly("vip");
        assertThat(needs.offers().algorithms()).containsExactly("popular");
        assertThat(needs.offers().points()).isTrue();
        assertThat(needs.custom()).containsExactlyInAnyOrder("subject", "vip", "code");
        assertThat(needs.secrets()).extracting(Enum::name).containsExactly("EMAIL_TICKET");
        assertThat(needs.authentications()).isEmpty();
        assertThat(needs.acts()).containsExactlyInAnyOrder(Filling.Act.UNSUBSCRIBE_TOPIC, Filling.Act.PREFERENCES);
        assertThat(needs.answers()).containsExactly("yes");
        assertThat(Templates.compile(Fillings.sms(
                "${Ticket.UniversalAuthenticationCustomizableTimeTicket(60)}")).needs().authentications())
                .singleElement().satisfies(named -> assertThat(named.life().orElseThrow()).hasMinutes(60));
    }

    @Test
    void valuesBecomeTextAndNeverMarkup() {
        Filled filled = Templates.compile(new Content("Hi ${Recipient.LastName}", "For ${Recipient.LastName}",
                Format.HTML, "<html><body><p title=\"${Recipient.LastName}\">${Recipient.LastName}</p></body></html>",
                "")).fill(Fillings.ann());
        String escaped = "O&#39;Hara &amp; Söhne &lt;i&gt;";
        assertThat(filled.subject()).isEqualTo("Hi O'Hara & Söhne <i>");
        assertThat(filled.html()).isEqualTo("<html><body><div style=\"display:none;max-height:0;overflow:hidden;"
                + "mso-hide:all\">For " + escaped + "</div><p title=\"" + escaped + "\">" + escaped + "</p>"
                + "<img src=\"https://t.example/o.gif\" width=\"1\" height=\"1\" alt=\"\""
                + " style=\"display:block;border:0\"></body></html>");
        assertThat(filled.text()).isEqualTo("O'Hara & Söhne <i>");
    }

    /** A small letter may be longer than its capital: this one is two characters. */
    @Test
    void thePictureStandsAtTheEndOfTheBodyInEveryLanguage() {
        Filled filled = Templates.compile(new Content("Merhaba", "", Format.HTML,
                "<html><body><p>\u0130\u0130\u0130\u0130</p></BODY></html>", "")).fill(Fillings.ann());
        assertThat(filled.html()).endsWith(" style=\"display:block;border:0\"></BODY></html>");
    }

    @Test
    void noValueBreaksASubjectIntoLines() {
        Filling filling = Fillings.custom(Map.of("x", "a\r\nBcc: b@example.org"));
        assertThat(Templates.compile(new Content("${CustomParameters.x}", "", Format.HTML, "<p>x</p>", ""))
                .fill(filling).subject()).isEqualTo("a  Bcc: b@example.org");
        assertThatThrownBy(() -> Templates.compile(new Content("a\nb", "", Format.HTML, "x", "")))
                .isInstanceOf(InvalidTemplate.class);
    }

    @Test
    void aValueThatLooksLikeAParameterStaysWhatItIs() {
        assertThat(Templates.compile(Fillings.sms("${CustomParameters.x}")).fill(Fillings.custom(
                Map.of("x", "${Brand.Name}<#if true>"))).text()).isEqualTo("${Brand.Name}<#if true>");
    }

    @Test
    void secretsGoWhereTheyBelong() {
        for (String forbidden : List.of("${Ticket.EmailConfirmationLinkTicket}", "${Recipient.EmailConfirmationCode}",
                "${Recipient.MobilePhoneConfirmationCode} ${Recipient.AuthentificationCode}")) {
            assertThatThrownBy(() -> Templates.compile(Fillings.sms(forbidden))).isInstanceOf(InvalidTemplate.class);
        }
        assertThatThrownBy(() -> Templates.compile(Fillings.html("<p>${Recipient.MobilePhoneConfirmationCode}</p>")))
                .isInstanceOf(InvalidTemplate.class);
    }

    @Test
    void aTextWithASubjectIsAnEmailOfTextAlone() {
        Filled filled = Templates.compile(new Content("S", "", Format.TEXT, "Hi ${Recipient.FirstName}", ""))
                .fill(Fillings.of(Fillings.ANN, "en", PersonOffers.NONE));
        assertThat(filled).isEqualTo(new Filled("S", "", "Hi Ann"));
    }
}
