package io.countersign.server.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an author, or a recipient by their data, might try. */
@Timeout(20)
final class HostileTemplatesTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "${\"freemarker.template.utility.Execute\"?new()(\"id\")}",
        "<#assign x = \"freemarker.template.utility.ObjectConstructor\"?new()>",
        "${Recipient?api.class}", "${Recipient.FirstName?api}", "${Recipient.class.protectionDomain}",
        "${Recipient.FirstName.getClass()}", "${\"1+1\"?eval}", "${\"1\"?eval_json}",
        "<#assign x = \"<#if>\"?interpret>",
        "${.data_model}", "${.globals}", "${.main}", "${.vars[\"__link\"]}", "${.now}", "${.template_name}",
        "${.get_optional_template(\"x\")}", "${__keep(1)}", "${__loop([1])}", "<@__link n=1 u=\"x\"/>",
        "<#include \"/etc/passwd\">", "<#import \"x\" as y>", "<#macro m><@m/></#macro><@m/>",
        "<#function f x><#return f(x)></#function>", "<#setting locale=\"de\">", "<#ftl output_format=\"XML\">",
        "<#noautoesc>x</#noautoesc>", "<#autoesc>x</#autoesc>", "<#outputformat \"XML\">x</#outputformat>",
        "<#escape x as x>y</#escape>", "<#noparse>${x}</#noparse>", "<#attempt>x<#recover>y</#attempt>",
        "<#stop \"x\">", "<#visit x>", "<#recurse>", "<#compress>x</#compress>", "<#transform x></#transform>",
        "<#switch 1><#case 1></#switch>", "<#assign x>y</#assign>", "<#global x = 1>", "<#local x = 1>",
        "${Recipient.FirstName?no_esc}", "${Recipient.FirstName?html}", "${Recipient.FirstName?left_pad(1000000000)}",
        "${Recipient.FirstName?replace(\"(a+)+$\", \"\", \"r\")}", "${Recipient.FirstName?matches(\"(a+)+$\")}",
        "${Recipient.FirstName?split(CustomParameters.x)}", "${Recipient.FirstName?replace(\"\", \"xxxxxxxx\")}",
        "${Recipient.FirstName?replace(\"a\", \"bb\")?replace(\"b\", \"cc\")}", "${CustomParameters.x?url?url?url}",
        "${Recipient.Fields.visits?string(CustomParameters.x)}", "${Recipient.Fields.visits?string(\"@x\")}",
        "<#list 1..1000000000 as i>x</#list>", "<#list 1.. as i>x</#list>X${1..}", "<#list 0..*9999999 as i>x</#list>",
        "<#list 1..CustomParameters.n as i>x</#list>", "<#assign s = [1] + [1]>", "${\"a${Recipient.FirstName}\"}",
        "${\"#{1}\"}",
        "${Recipient.Recommendations.popular?filter(x -> true)?size}",
        "${Recipient.Recommendations.popular?map(x -> x)}",
        "${{\"a\": 1}.a}", "${Recipient.FirstName?lower_abc}", "${r\"x\"}", "${Recipient[\"First\" + \"Name\"]}",
        "${CustomParameters[Recipient.FirstName]}",
        "${Recipient.LastReceivedPromoCode.WithType(Recipient.FirstName).Value}",
        "${Ticket.UniversalAuthenticationCustomizableTimeTicket(999999999)}", "<#t>x", "\uFDD00\uFDD1", "<@x/>",
        "</@x>",
    })
    void nothingButTheLanguageOfTextsIsUnderstood(String source) {
        assertThatThrownBy(() -> Templates.compile(Fillings.sms(source))).isInstanceOfSatisfying(InvalidTemplate.class,
                e -> assertThat(e.faults()).isNotEmpty().allSatisfy(fault -> {
                    assertThat(fault.part()).isEqualTo("source");
                    assertThat(fault.line()).isPositive();
                    assertThat(fault.code()).isNotEmpty();
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<script>alert(1)</script>", "<p onclick=\"x()\">x</p>", "<p ONCLICK=x()>x</p>",
        "<iframe src=\"https://x\"></iframe>",
        "<a href=\"javascript:alert(1)\">x</a>", "<a href=\" java\nscript:alert(1)\">x</a>",
        "<a href=\"&#106;avascript:alert(1)\">x</a>", "<a href=\"vbscript:x\">x</a>",
        "<a href=\"data:text/html,x\">x</a>",
        "<img src=\"javascript:alert(1)\">", "<form action=\"https://x\"></form>", "<base href=\"https://x\">",
        "<meta http-equiv=\"Refresh\" content=\"0;url=https://x\">", "<object data=\"x\"></object>",
        "<svg><a href=\"x\"></a></svg>", "<math></math>", "<template></template>",
        // tags that only come about when the text is filled
        "<scr<#if true>ipt>alert(1)</scr</#if>ipt>", "<<#if true>script>alert(1)</#if>", "<${Recipient.FirstName}>",
        "<#if true><</#if>script>alert(1)</script>", "<p ${Recipient.FirstName}>x</p>",
        "<p title=${Recipient.FirstName}>x</p>", "<p title=<#if true>\"</#if> onclick=alert(1) x=\"y\">",
        "<p <#if true>title=\"</#if> onclick=alert(1) b=\"c\">x</p>", "<p <#if true>></#if> onclick=alert(1)>x</p>",
        "<p title=\"<#if true>\" </#if>onclick=\"x\">y</p>", "<p o<#if true>nclick=\"x\"</#if>>y</p>",
        "<p <#if true>on</#if>click=\"x\">y</p>", "<#list 1..2 as i><p title=\"<#break>\" onclick=\"x\">y</p></#list>",
        "<!-- -<#if true>x</#if>-> <script>alert(1)</script> -->", "<!-- x <#if true>--></#if> <b>",
        "<style><#if true></st</#if>yle><script>alert(1)</script></style>", "<title><#if true></title></#if></title>",
        "<p>x</p><img src=x onerror=alert(1) ", "<p>x</p><!-- open", "<p>x</p><style> a", "<p title=\"x>y",
        "<a <#if true>data-link=\"view\"</#if>>x</a>",
    })
    void noHtmlRunsAnythingOrComesAboutUnseen(String source) {
        assertThatThrownBy(() -> Templates.compile(Fillings.html(source))).isInstanceOfSatisfying(InvalidTemplate.class,
                e -> assertThat(e.faults()).extracting(InvalidTemplate.Fault::code)
                        .containsAnyOf("forbidden", "syntax", "link"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<#assign s = \"ab\"><#list 1..60 as i><#assign s = s + s></#list>",
        "<#assign s = CustomParameters.l><#list 1..60 as i><#assign s = s + s></#list>",
        "<#list 1..1000 as a><#list 1..1000 as b></#list></#list>",
        "<#list 1..900 as a><#list 1..20 as b>${CustomParameters.big}</#list></#list>",
        "${CustomParameters.huge}", "<#list CustomParameters.long as x></#list>x",
        "${Message.SendingDateTime.AddDays(CustomParameters.n)}", "${Message.SendingDateTime.AddDays(1.5)}",
    })
    void whatATextCostsIsBounded(String source) {
        Template text = Templates.compile(Fillings.sms(source));
        Filling filling = Fillings.custom(Map.of("big", "x".repeat(9_999), "huge", "x".repeat(10_001), "n", 1_000_000,
                "long", Collections.nCopies(1_001, "x"), "l", List.of(1)));
        assertThatThrownBy(() -> text.fill(filling)).isInstanceOfSatisfying(InvalidTemplate.class, e ->
                assertThat(e.faults().getFirst().code()).isIn("limit", "too_long"));
    }

    /** The address of a link is put together on its own, and so bounded on its own. */
    @Test
    void anAddressIsBoundedWhileItIsMade() {
        var text = Templates.compile(Fillings.html("<a href=\"https://x.example/<#list 1..1000 as i><#list 1..19 as j>"
                + "${CustomParameters.big}</#list></#list>\">x</a>"));
        assertThatThrownBy(() -> text.fill(Fillings.custom(Map.of("big", "x".repeat(9_999)))))
                .isInstanceOfSatisfying(InvalidTemplate.class, e ->
                        assertThat(e.faults().getFirst().code()).isEqualTo("too_long"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${X}", "<#if X></#if>", "<#list X as x></#list>", "${CustomParameters.x?string(X)}"})
    void depthAndLengthAreBounded(String around) {
        for (String inner : List.of("(".repeat(50_000), "[".repeat(50_000), "!".repeat(50_000),
                "-".repeat(50_000) + "1",
                "1" + "+1".repeat(1_000), "CustomParameters" + ".a".repeat(1_000), "\"" + "x".repeat(3_000) + "\"",
                "CustomParameters.a" + "!CustomParameters.a".repeat(1_000), "9".repeat(1_000),
                "CustomParameters.a" + "?then(".repeat(500))) {
            String source = around.replace("X", inner);
            assertThatThrownBy(() -> Templates.compile(Fillings.html("<p>" + source + "</p>")))
                    .isInstanceOf(InvalidTemplate.class);
        }
    }

    @Test
    void sizesOfPartsAreBounded() {
        for (String source : List.of("x".repeat(200_001), "<#if true>".repeat(30) + "</#if>".repeat(30),
                "${Brand.Name}".repeat(5_001), "<a href=\"https://x.example\">x</a>".repeat(501))) {
            assertThatThrownBy(() -> Templates.compile(Fillings.html(source))).isInstanceOf(InvalidTemplate.class);
        }
        assertThatThrownBy(() -> Templates.compile(Fillings.sms("x".repeat(4_001))))
                .isInstanceOf(InvalidTemplate.class);
        assertThatThrownBy(() -> Fillings.say("x".repeat(1_601))).isInstanceOf(InvalidTemplate.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<div>", "<b>", "<x>", "<table><tr><td>", "<ul><li>", "<b><div></b>", "<i><!--</i>-->",
        "<svg>"})
    void elementsAreNestedOnlySoDeep(String open) {
        assertCode("limit", Content.Format.HTML, open.repeat(30_000 / open.length()));
        assertCode("too_long", Content.Format.HTML, open.repeat(100_000));
    }

    /** In XML, in HTML, and in what is a comment in one of them only. */
    @ParameterizedTest
    @ValueSource(strings = {"<x>", "<b>", "<b/>", "<mj-section>", "<mj-raw>", "<mj-wrapper><mj-group>", "<?x <b> ?><b>",
        "<b><!--</b>-->", "<td>", "<b><div></b>", "<i></i/><i>"})
    void elementsOfMjmlAreNestedOnlySoDeep(String open) {
        String many = open.repeat(30_000 / open.length());
        String around = "<mjml><mj-body><mj-section><mj-column><mj-raw>%s</mj-raw></mj-column></mj-section></mj-body>"
                + "</mjml>";
        for (String source : List.of(many, around.formatted(many), around.formatted("<![CDATA[" + many + "]]>"))) {
            assertThatThrownBy(() -> Templates.compile(MjmlTest.mjml(source)))
                    .isInstanceOfSatisfying(InvalidTemplate.class, e -> assertThat(e.faults().getFirst())
                            .returns("limit", InvalidTemplate.Fault::code)
                            .as("not only by the stack").returns(true, fault -> fault.message().contains("more than")));
        }
        assertCode("too_long", Content.Format.MJML, open.repeat(100_000));
    }

    @Test
    void aMailIsNestedAsDeepAsProgramsNestThem() {
        String tables = "<table><tr><td>".repeat(60) + "deep" + "</td></tr></table>".repeat(60);
        assertThat(Fillings.fillHtml(tables).text()).isEqualTo("deep");
        String boxes = "<div>".repeat(45) + "deep" + "</div>".repeat(45);
        assertThat(Templates.compile(MjmlTest.mjml("<mjml><mj-body><mj-section><mj-column><mj-text>" + boxes
                + "</mj-text></mj-column></mj-section></mj-body></mjml>")).fill(Fillings.ann()).text())
                .isEqualTo("deep");
    }

    /** Whatever the stack of the thread: where a text is sent it is not the one on which it was checked. */
    @Test
    void whatIsTooDeepForTheStackIsAFaultOfTheText() throws InterruptedException {
        var outcomes = new ArrayList<String>();
        String deep = "(".repeat(39) + "CustomParameters" + ".a".repeat(100) + ")".repeat(39);
        for (int kilobytes : List.of(16, 128, 192, 256, 1_024)) {
            var thread = new Thread(null, () -> outcomes.add(codeOf(Fillings.html("<b>".repeat(240)
                    + "<#if true>".repeat(19) + "${" + deep + "!1}" + "</#if>".repeat(19)))), "small",
                    kilobytes * 1024L);
            thread.start();
            thread.join();
        }
        assertThat(outcomes).hasSize(5).containsOnly("limit", "").contains("limit").last().isEqualTo("");
    }

    private static String codeOf(Content content) {
        try {
            Templates.compile(content).fill(Fillings.ann());
            return "";
        } catch (InvalidTemplate e) {
            return e.faults().getFirst().code();
        }
    }

    private static void assertCode(String code, Content.Format format, String source) {
        assertThat(codeOf(new Content("S", "", format, source, ""))).as(source.substring(0, 40)).isEqualTo(code);
    }

    @Test
    void anObjectOfJavaIsNotReached() {
        for (String source : List.of("${CustomParameters.o}", "${CustomParameters.o.x}", "${CustomParameters.m.class}",
                "${CustomParameters.m.o}", "<#list CustomParameters.m as x>${x}</#list>")) {
            Template text = Templates.compile(Fillings.sms(source));
            assertThatThrownBy(() -> text.fill(Fillings.custom(Map.of("o", new Object(),
                    "m", Map.of("o", getClass())))))
                    .isInstanceOf(InvalidTemplate.class);
        }
    }

    @Test
    void aLinkOfARecipientsDataLeadsToTheWebOnly() {
        Template text = Templates.compile(Fillings.html("<a href=\"${CustomParameters.u}\">x</a>"));
        for (String address : List.of("javascript:alert(1)", " javascript:alert(1)", "//x.example", "/x", "x",
                "data:text/html,x", "https://", "http://x y", "ftp://x.example", "https://x.example/\nx")) {
            assertThatThrownBy(() -> text.fill(Fillings.custom(Map.of("u", address))), address)
                    .isInstanceOfSatisfying(InvalidTemplate.class, e ->
                            assertThat(e.faults().getFirst().code()).isEqualTo("link"));
        }
        assertThat(text.fill(Fillings.custom(Map.of("u", "https://x.example/\"><script>"))).html())
                .startsWith("<a href=\"https://t.example/1?to=https://x.example/&quot;&gt;&lt;script&gt;\">x</a>");
    }

    /** Whatever is thrown at it, it answers with a text or with faults. */
    @Test
    void brokenTextsAreFaultsAndNothingElse() {
        var random = new Random(7);
        List<String> bits = List.of("${", "}", "<#if ", "<#list ", "</#if>", "</#list>", ">", "<", "\"", "'", "(",
                ")", "[",
                "]", "Recipient", ".", "FirstName", "?", "!", "??", "upper_case", " as x", "x", "1", "..", "+",
                "<a href=",
                "<p>", "</p>", "<!--", "-->", "<table>", "<tr>", "<td>", "&", "data-link=\"view\"", "<#else>", "<#-- ",
                "<mj-text>", "\n", " ", "CustomParameters.a", "<#sep>", "</#sep>", "<style>", "</style>", "</a>",
                "WithType{");
        var outcomes = new HashMap<Boolean, Integer>();
        for (int i = 0; i < 3_000; i++) {
            var source = new StringBuilder();
            for (int n = random.nextInt(20) + 1; n > 0; n--) {
                source.append(bits.get(random.nextInt(bits.size())));
            }
            outcomes.merge(isFilled(source.toString()), 1, Integer::sum);
        }
        assertThat(outcomes.keySet()).containsExactlyInAnyOrder(true, false);
    }

    private static boolean isFilled(String source) {
        try {
            for (Content.Format format : Arrays.asList(Content.Format.TEXT, Content.Format.HTML)) {
                Templates.compile(new Content("S", "", format, source, "")).fill(Fillings.ann());
            }
            return true;
        } catch (InvalidTemplate e) {
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(source, e);
        }
    }
}
