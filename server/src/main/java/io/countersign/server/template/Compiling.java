package io.countersign.server.template;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.template.Content.Format;
import io.countersign.server.text.TextParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles one text, part by part. */
final class Compiling {
    private static final int LONGEST_SUBJECT = 300;
    private static final int LONGEST_FILLED_SUBJECT = 500;
    private static final int LONGEST_PREHEADER = 500;
    private static final int LONGEST_SOURCE = 200_000;
    private static final int LONGEST_FILLED = 500_000;
    private static final int LONGEST_SMS_SOURCE = 4_000;
    private static final int LONGEST_SMS = 1_600;
    private static final int MOST_AUTHENTICATIONS = 10;
    private static final String SOURCE = "source";
    private static final String HIDDEN =
            "<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">%s</div>";

    private final Content content;
    private final Pieces pieces = new Pieces();
    private final Faults faults = new Faults();
    private final NeedsFound needs = new NeedsFound();

    Compiling(Content content) {
        this.content = content;
    }

    /** An email: a subject, HTML, and a text part that is made where none was written. */
    Template email() {
        Marked subject = part(subject(), LONGEST_SUBJECT);
        if (subject.text().isBlank()) {
            faults.add(Spot.nowhere("subject"), FaultCode.SYNTAX, "an email has a subject");
        }
        Marked preheader = part(new Written("preheader", content.preheader()), LONGEST_PREHEADER);
        var written = new Written(SOURCE, content.source());
        Marked source = part(written, LONGEST_SOURCE);
        requireWords(source);
        Optional<Marked> text = Optional.of(content.text()).filter(words -> !words.isBlank())
                .map(words -> part(new Written("text", words), LONGEST_SOURCE));
        requireSecretsFor(ContactType.EMAIL);
        faults.throwIfAny();
        Marked html = html(source, preheader);
        Program.Kind kind = text.isPresent() ? Program.Kind.PLAIN : Program.Kind.MADE;
        Marked plain = text.orElseGet(() -> made(html, written));
        return new CompiledTemplate(needs.all(),
                Optional.of(Program.of(subject, pieces, Program.Kind.PLAIN, LONGEST_FILLED_SUBJECT)),
                Optional.of(Program.of(html, pieces, Program.Kind.HTML, LONGEST_FILLED)),
                Program.of(plain, pieces, kind, LONGEST_FILLED), text.isEmpty());
    }

    private Marked html(Marked source, Marked preheader) {
        Marked html = content.format() == Format.MJML ? MjmlPage.html(source, pieces, faults) : source;
        faults.throwIfAny();
        var page = new HtmlPage(html);
        HtmlCheck.check(page, pieces, faults);
        faults.throwIfAny();
        var secrets = new SecretPieces(pieces.in(source.text()));
        Marked rewritten = new HtmlLinks(page, pieces, needs, faults, secrets).rewritten(hidden(preheader.text()));
        faults.throwIfAny();
        return rewritten;
    }

    private static String hidden(String preheader) {
        return preheader.isBlank() ? "" : HIDDEN.formatted(preheader.replace("&", "&amp;").replace("<", "&lt;")
                .replace(">", "&gt;"));
    }

    /** Its directives must still be whole: they are checked again in the order of the text. */
    private Marked made(Marked html, Written written) {
        Marked text = TextPart.of(html, pieces);
        var found = new Faults();
        PartCheck.check(pieces.in(text.text()), written, needs, found);
        try {
            found.throwIfAny();
        } catch (InvalidTemplate e) {
            throw new InvalidTemplate(List.of(new Spot("text", 0, 0).fault(FaultCode.SYNTAX,
                    "the text part cannot be made from this HTML: write one")));
        }
        return text;
    }

    /** An SMS, or, with a subject, an email of text alone. */
    Template text() {
        boolean email = !content.subject().isBlank();
        Marked subject = part(subject(), LONGEST_SUBJECT);
        Marked source = part(new Written(SOURCE, content.source()), email ? LONGEST_SOURCE : LONGEST_SMS_SOURCE);
        requireWords(source);
        requireSecretsFor(email ? ContactType.EMAIL : ContactType.MOBILE);
        faults.throwIfAny();
        return new CompiledTemplate(needs.all(),
                Optional.of(subject).filter(_ -> email)
                        .map(line -> Program.of(line, pieces, Program.Kind.PLAIN, LONGEST_FILLED_SUBJECT)),
                Optional.empty(),
                Program.of(source, pieces, Program.Kind.PLAIN, email ? LONGEST_FILLED : LONGEST_SMS), false);
    }

    private Written subject() {
        var subject = new Written("subject", content.subject());
        for (int i = 0; i < subject.text().length(); i++) {
            if (Character.isISOControl(subject.text().charAt(i))) {
                faults.add(subject.spot(i), FaultCode.SYNTAX, "a subject is one line");
            }
        }
        return subject;
    }

    private Marked part(Written written, int longest) {
        if (written.text().length() > longest) {
            faults.add(written.spot(longest), FaultCode.TOO_LONG, "longer than " + longest + " characters");
            faults.throwIfAny();
        }
        int odd = written.indexOfMark();
        if (odd >= 0) {
            faults.add(written.spot(odd), FaultCode.SYNTAX, "a character that is not for interchange");
            faults.throwIfAny();
        }
        Marked marked = PieceReader.read(written, pieces, faults);
        PartCheck.check(pieces.in(marked.text()), written, needs, faults);
        return marked;
    }

    private void requireWords(Marked source) {
        if (source.text().isBlank() && faults.isEmpty()) {
            faults.add(Spot.nowhere(SOURCE), FaultCode.SYNTAX, "there is no text");
        }
    }

    private void requireSecretsFor(ContactType type) {
        var carried = new ArrayList<>(needs.secrets());
        for (TextParameter secret : carried) {
            if (secret.only().filter(only -> only != type).isPresent()) {
                forbidden("${" + secret.parameterName() + "} goes by " + switch (type) {
                    case EMAIL -> "SMS";
                    case MOBILE -> "email";
                } + " only");
            }
        }
        if (carried.contains(TextParameter.AUTHORIZATION_CODE)
                && carried.stream().anyMatch(TextParameter.PROOFS::contains)) {
            forbidden("${" + TextParameter.AUTHORIZATION_CODE.parameterName()
                    + "} cannot stand beside a code or link that proves a contact");
        }
        if (needs.authentications().size() > MOST_AUTHENTICATIONS) {
            faults.add(Spot.nowhere(SOURCE), FaultCode.LIMIT, "more than " + MOST_AUTHENTICATIONS
                    + " different authentication tickets");
        }
    }

    private void forbidden(String message) {
        faults.add(Spot.nowhere(SOURCE), FaultCode.FORBIDDEN, message);
    }
}
