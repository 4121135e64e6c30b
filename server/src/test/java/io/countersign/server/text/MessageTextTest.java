package io.countersign.server.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.confirmation.AuthenticationKind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTextTest {
    private static final Function<Placeholder, String> VALUES = placeholder -> switch (placeholder.parameter()) {
        case FIRST_NAME -> "${Recipient.Email} <b>\"Ann\" & 'co'</b>";
        case MOBILE_CODE, EMAIL_CODE, AUTHORIZATION_CODE -> "123456";
        case TIMED_AUTHENTICATION -> placeholder.life().orElseThrow().toString();
        default -> placeholder.parameter().parameterName();
    };

    @Test
    void valuesArePutInOnceAndEscapedInHtmlOnly() {
        var filled = MessageText.of("Hi ${Recipient.FirstName}", "<p title=\"${Recipient.FirstName}\">$5 {x} $</p>",
                "${Recipient.AuthentificationCode}${Brand.Name}").fill(VALUES);

        assertThat(filled.subject()).isEqualTo("Hi ${Recipient.Email} <b>\"Ann\" & 'co'</b>");
        assertThat(filled.html()).isEqualTo("<p title=\"${Recipient.Email} &lt;b&gt;&quot;Ann&quot; &amp; "
                + "&#39;co&#39;&lt;/b&gt;\">$5 {x} $</p>");
        assertThat(filled.text()).isEqualTo("123456Brand.Name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Hello ${Recipient.Shoesize}      | text, character 7: there is no such parameter",
        "${recipient.firstname}           | text, character 1: there is no such parameter",
        "${ Recipient.FirstName }         | text, character 1: there is no such parameter",
        "a ${Recipient.FirstName          | text, character 3: a parameter begins here and does not end",
        "${${Recipient.FirstName}}        | text, character 1: there is no such parameter",
        "ab${}                            | text, character 3: there is no such parameter",
        "${Recipient.FirstName(1)}        | text, character 1: there is no such parameter",
        "a${Ticket.UniversalAuthenticationCustomizableTimeTicket}          | text, character 2: this parameter ends",
        "${Ticket.UniversalAuthenticationCustomizableTimeTicket()}         | text, character 1: this parameter ends",
        "${Ticket.UniversalAuthenticationCustomizableTimeTicket(0)}        | text, character 1: this parameter ends",
        "${Ticket.UniversalAuthenticationCustomizableTimeTicket(129601)}   | text, character 1: this parameter ends",
        "${Ticket.UniversalAuthenticationCustomizableTimeTicket(9999999)}  | text, character 1: this parameter ends",
        "${Ticket.UniversalAuthenticationCustomizableTimeTicket(5) }       | text, character 1: this parameter ends",
    })
    void whatCannotBeFilledIsRefusedWithItsPlace(String text, String why) {
        assertThatThrownBy(() -> MessageText.of("", "", text)).isInstanceOf(InvalidMessageText.class)
                .hasMessageStartingWith(why);
    }

    @Test
    void aSubjectIsOneLineAndEveryPartHasABound() {
        assertThatThrownBy(() -> MessageText.of("a\r\nBcc: x@example.org", "", "text"))
                .hasMessageStartingWith("subject, character 2: a subject is one line");
        assertThatThrownBy(() -> MessageText.of("x".repeat(301), "", "text")).isInstanceOf(InvalidMessageText.class);
        assertThatThrownBy(() -> MessageText.of("", "x".repeat(200_001), "")).isInstanceOf(InvalidMessageText.class);
        assertThatThrownBy(() -> MessageText.of("", "", "${".repeat(100_000))).isInstanceOf(InvalidMessageText.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", value = {
        "EMAIL  | s  | '' | ${Recipient.EmailConfirmationCode}        | fits",
        "EMAIL  | s  | h  | ''                                        | fits",
        "EMAIL  | '' | '' | t                                         | subject, character 1",
        "EMAIL  | s  | '' | ''                                        | text, character 1",
        "EMAIL  | s  | '' | a ${Recipient.MobilePhoneConfirmationCode} | text, character 3",
        "EMAIL  | s  | '' | ${Recipient.AuthentificationCode}         | fits",
        "MOBILE | '' | '' | ${Recipient.MobilePhoneConfirmationCode}  | fits",
        "MOBILE | '' | '' | ${Recipient.AuthentificationCode}         | fits",
        "MOBILE | s  | h  | ''                                        | text, character 1",
        "MOBILE | '' | '' | ${Ticket.EmailConfirmationLinkTicket}     | text, character 1",
        "MOBILE | '' | '' | ${Recipient.EmailConfirmationCode}        | text, character 1",
        "EMAIL  | s  | '' | ${Ticket.EmailAuthenticationTicket}       | fits",
        "EMAIL  | s  | ${Ticket.EmailAuthenticationHexTicket} | ''    | fits",
        "EMAIL  | s  | ${Ticket.MobilePhoneAuthenticationHexTicket} | '' | html, character 1",
        "EMAIL  | ${Ticket.PermanentAuthenticationTicket} | '' | t    | fits",
        "MOBILE | '' | '' | ${Ticket.MobilePhoneAuthenticationHexTicket} | fits",
        "MOBILE | '' | '' | ${Ticket.PermanentAuthenticationTicket}   | fits",
        "MOBILE | '' | '' | +${Ticket.EmailAuthenticationTicket}      | text, character 2",
        "MOBILE | '' | '' | ${Ticket.EmailAuthenticationHexTicket}    | text, character 1",
    })
    void aTextFitsTheContactTypeItIsSentTo(ContactType type, String subject, String html, String text, String result) {
        var parsed = MessageText.of(subject, html, text);
        if (result.equals("fits")) {
            assertThatCode(() -> parsed.requireFor(type)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> parsed.requireFor(type)).hasMessageStartingWith(result);
        }
    }

    @Test
    void whatStandsForTheCustomerIsNamedOnceForEachTimeItIsGoodFor() {
        String timed = "${Ticket.UniversalAuthenticationCustomizableTimeTicket(%d)}";
        var text = MessageText.of("s", timed.formatted(5) + timed.formatted(129_600),
                timed.formatted(5) + "${Ticket.EmailAuthenticationTicket}");

        assertThat(text.authentications()).containsExactly(
                new Placeholder(TextParameter.TIMED_AUTHENTICATION, Optional.of(Duration.ofMinutes(5))),
                new Placeholder(TextParameter.TIMED_AUTHENTICATION, AuthenticationKind.UNIVERSAL.longest()),
                new Placeholder(TextParameter.EMAIL_AUTHENTICATION, Optional.empty()));
        assertThat(text.proves()).isEmpty();
        assertThat(text.fill(VALUES).html()).isEqualTo("PT5MPT2160H");
        assertThatThrownBy(text::requireForClaimed).hasMessage("html, character 1: "
                + "${Ticket.UniversalAuthenticationCustomizableTimeTicket} goes to primary contacts only");
        String many = IntStream.rangeClosed(1, 11).mapToObj(timed::formatted).collect(Collectors.joining(" "));
        assertThatThrownBy(() -> MessageText.of("", "", many)).isInstanceOf(InvalidMessageText.class)
                .hasMessageContaining("is one more than the 10 tickets");
    }
}
