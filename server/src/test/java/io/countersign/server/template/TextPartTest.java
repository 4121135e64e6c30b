package io.countersign.server.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.template.Content.Format;
import org.junit.jupiter.api.Test;

/** The text part that is made where none was written. */
final class TextPartTest {
    @Test
    void itSaysWhatTheHtmlSays() {
        assertThat(Fillings.fillHtml("""
                <html><head><title>T</title><style>p { color: red }</style></head><body>
                <div style="display: none">hidden &#847;&zwnj;&nbsp;</div>
                <h1>Hello&nbsp;${Recipient.FirstName} &amp; all</h1>
                <p>Two
                   lines,<br>three <b>bold</b>&mdash;<i>words</i>.</p><hr>
                <ul><li>one</li><li><a href="https://x.example/2">two</a></li></ul>
                <ol><li>first</li><li>second</li></ol>
                <table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>
                <a href="https://x.example/i"><img src="https://x.example/i.png" alt="Our shop"></a>
                <a href="https://x.example/n"><img src="https://x.example/n.png"></a>
                <p>Write to <a href="mailto:a@x.example">a@x.example</a></p>
                </body></html>""").text()).isEqualTo("""
                Hello Ann & all

                Two lines,
                three bold—words.

                ----------

                - one
                - two: https://t.example/1?to=https://x.example/2

                1. first
                2. second

                a b
                c d

                Our shop: https://t.example/2?to=https://x.example/i https://t.example/3?to=https://x.example/n

                Write to a@x.example""");
    }

    @Test
    void directivesStayWhereTheyAreAlsoBetweenRowsOfATable() {
        Template text = Templates.compile(Fillings.html("""
                <p>Hi<#if Recipient.FirstName??> ${Recipient.FirstName}</#if>!</p>
                <#if Recipient.Points.Balance??><p>You have ${Recipient.Points.Balance} points.</p></#if>
                <table><#list Recipient.Recommendations.popular![] as p>
                <tr><td <#if p?is_first>class="first"</#if>>${p.Name}</td><td><#if p.Price??>${p.Price}</#if></td></tr>
                </#list></table>
                <ol><#list 1..2 as i><li>item ${i}</li></#list></ol>
                <p>Bye</p>"""));
        assertThat(text.fill(Fillings.ann()).text()).isEqualTo("""
                Hi Ann!

                You have 1,250 points.

                Tea & co 19.9
                Mug

                - item 1
                - item 2

                Bye""");
        assertThat(text.fill(Fillings.nobody()).text()).isEqualTo("""
                Hi!

                - item 1
                - item 2

                Bye""");
    }

    @Test
    void wordsThatLookLikeDirectivesStayWords() {
        assertThat(Fillings.fillHtml("<p>&lt;#if x&gt; &lt;@y/&gt; &#36;{z} &lt;/#if&gt;</p>").text())
                .isEqualTo("<#if x> <@y/> ${z} </#if>");
    }

    @Test
    void aTextThatWasWrittenIsTaken() {
        Filled filled = Templates.compile(new Content("S", "P", Format.HTML, "<p>x</p>",
                "Hi  ${Recipient.FirstName}\n\n\n  - <b>")).fill(Fillings.ann());
        assertThat(filled.text()).isEqualTo("Hi  Ann\n\n\n  - <b>");
    }

    @Test
    void whereItCannotBeMadeTheAuthorIsAskedForOne() {
        String html = "<p title=\"<#assign x = 1>\">${x}</p>";
        assertThatThrownBy(() -> Templates.compile(Fillings.html(html))).isInstanceOfSatisfying(InvalidTemplate.class,
                e -> assertThat(e.faults().getFirst().part()).isEqualTo("text"));
        assertThat(Templates.compile(new Content("S", "", Format.HTML, html, "text")).fill(Fillings.ann()).html())
                .startsWith("<p title=\"\">1</p>");
    }
}
