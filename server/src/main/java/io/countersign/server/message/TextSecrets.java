package io.countersign.server.message;

import io.countersign.domain.project.CodeLimits;
import io.countersign.server.confirmation.AuthenticationKind;
import io.countersign.server.confirmation.AuthenticationTickets;
import io.countersign.server.confirmation.CodeStore;
import io.countersign.server.confirmation.Codes;
import io.countersign.server.confirmation.Tickets;
import io.countersign.server.message.Prepared.Carried;
import io.countersign.server.message.SentText.SecretValues;
import io.countersign.server.text.MessageText;
import io.countersign.server.text.Placeholder;
import io.countersign.server.text.TextParameter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the secrets that a text names, new ones for each message and each try. */
public record TextSecrets(Codes codes, Tickets tickets, AuthenticationTickets authentications) {
    /** The secrets of a campaign's message, by the names of their parameters, and what is stored of them. */
    public record Named(Map<String, String> values, Carried carried) {}

    /** What a campaign's text names. */
    public record Wanted(Set<TextParameter> parameters, Set<Placeholder> authentications) {}

    /**
     * Makes codes, and tickets that tell who comes, as a campaign's text names them; tickets of links need no row.
     * Codes are for messages only whose challenge can be answered.
     */
    public Named make(Taken message, Wanted wanted, CodeLimits limits, Instant now) {
        var values = new LinkedHashMap<String, String>();
        List<TextParameter> codeNames = wanted.parameters().stream().filter(TextParameter.CODES::contains).toList();
        Optional<Codes.Made> code = codeNames.isEmpty() ? Optional.empty()
                : Optional.of(code(message, limits, now));
        codeNames.forEach(named -> values.put(named.parameterName(), code.orElseThrow().text()));
        var authenticating = new ArrayList<AuthenticationTickets.Made>();
        for (Placeholder named : wanted.authentications()) {
            var made = authentication(message, named);
            values.put(named.parameter().parameterName()
                    + named.life().map(life -> "(" + life.toMinutes() + ")").orElse(""), made.text());
            authenticating.add(made);
        }
        return new Named(values, new Carried(Optional.empty(),
                code.map(made -> new CodeStore.Sent(made.code(), message.id())), authenticating));
    }

    /** What the text says, and what is stored so that it can be answered. */
    record Made(SecretValues values, Carried carried) {}

    Made make(Taken message, MessageText text, CodeLimits limits, Instant now) {
        Optional<Codes.Made> code = Optional.of(text).filter(of -> of.carries(TextParameter.CODES))
                .map(_ -> code(message, limits, now));
        Optional<Tickets.Made> ticket = Optional.of(text).filter(of -> of.carries(TextParameter.TICKETS))
                .map(_ -> tickets.make(message.project().value(), message.asked().orElseThrow().challenge(),
                        message.id()));
        var authenticating = new LinkedHashMap<Placeholder, AuthenticationTickets.Made>();
        text.authentications().forEach(named -> authenticating.put(named, authentication(message, named)));
        var values = new LinkedHashMap<Placeholder, String>();
        authenticating.forEach((named, made) -> values.put(named, made.text()));
        return new Made(new SecretValues(code.map(Codes.Made::text).orElse(""),
                ticket.map(Tickets.Made::text).orElse(""), Map.copyOf(values)),
                new Carried(ticket, code.map(made -> new CodeStore.Sent(made.code(), message.id())),
                        List.copyOf(authenticating.values())));
    }

    /** Its life begins now, at hand-over, and ends with its challenge at the latest. */
    private Codes.Made code(Taken message, CodeLimits limits, Instant now) {
        Instant end = now.plus(switch (message.recipient().type()) {
            case EMAIL -> limits.life().email();
            case MOBILE -> limits.life().sms();
        });
        Taken.Asked asked = message.asked().orElseThrow();
        return codes.make(asked.challenge(), limits.digits(),
                end.isBefore(asked.expiresAt()) ? end : asked.expiresAt());
    }

    private AuthenticationTickets.Made authentication(Taken message, Placeholder named) {
        return authentications.make(message.project(), new AuthenticationTickets.Wanted(message.recipient().customer(),
                kind(named.parameter()), Optional.of(message.recipient().address()), named.life()));
    }

    private static AuthenticationKind kind(TextParameter parameter) {
        return switch (parameter) {
            case EMAIL_AUTHENTICATION -> AuthenticationKind.EMAIL;
            case EMAIL_AUTHENTICATION_HEX -> AuthenticationKind.EMAIL_HEX;
            case MOBILE_AUTHENTICATION_HEX -> AuthenticationKind.MOBILE_HEX;
            case TIMED_AUTHENTICATION -> AuthenticationKind.UNIVERSAL;
            case PERMANENT_AUTHENTICATION -> AuthenticationKind.PERMANENT;
            case MOBILE_CODE, EMAIL_CODE, AUTHORIZATION_CODE, EMAIL_TICKET, FIRST_NAME, LAST_NAME, EMAIL, MOBILE_PHONE,
                 SENT_AT, BRAND -> throw new IllegalArgumentException(parameter + " stands for nobody");
        };
    }
}
