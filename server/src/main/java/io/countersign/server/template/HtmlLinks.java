package io.countersign.server.template;

import io.countersign.server.template.HtmlPage.Span;
import io.countersign.server.template.Piece.Leads;
import io.countersign.server.template.Piece.Output;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jsoup.nodes.Element;

/** Finds the links of a page, numbers them, and puts a piece in the place of each address. */
final class HtmlLinks {
    private static final int MOST = 500;
    private static final Map<String, Filling.Act> ACTS = Map.of(
            "confirm-channel", Filling.Act.CONFIRM_CHANNEL, "confirm-topic", Filling.Act.CONFIRM_TOPIC,
            "unsubscribe-channel", Filling.Act.UNSUBSCRIBE_CHANNEL,
            "unsubscribe-topic", Filling.Act.UNSUBSCRIBE_TOPIC,
            "preferences", Filling.Act.PREFERENCES, "view", Filling.Act.VIEW);
    private final HtmlPage page;
    private final Pieces pieces;
    private final NeedsFound needs;
    private final Faults faults;
    private final Predicate<Piece> carriesSecret;
    private final List<Edit> edits = new ArrayList<>();
    private int number;

    /** Something of the source to be replaced. */
    private record Edit(int from, int to, String by) {}

    /** What the attributes of a link say. */
    private record Said(Optional<String> address, String link, String name) {}

    HtmlLinks(HtmlPage page, Pieces pieces, NeedsFound needs, Faults faults, Predicate<Piece> carriesSecret) {
        this.page = page;
        this.pieces = pieces;
        this.needs = needs;
        this.faults = faults;
        this.carriesSecret = carriesSecret;
    }

    /** @param preheader marked HTML for the start of the body */
    Marked rewritten(String preheader) {
        for (Element element : page.elements()) {
            List<Span> spans = page.spans(element);
            if (element.normalName().equals("a") || element.normalName().equals("area")) {
                link(element, spans);
            } else if (spans.stream().anyMatch(span -> isOurs(span.attribute().getKey()))) {
                add(element, "data-link and data-name stand on <a> only");
            }
        }
        int start = page.bodyStart();
        edits.add(new Edit(start, start, preheader));
        int end = page.bodyEnd();
        edits.add(new Edit(end, end, pieces.add(new Piece.Picture(Spot.nowhere(page.source().part())))));
        edits.sort(Comparator.comparingInt(Edit::from));
        var text = new StringBuilder();
        int from = 0;
        for (Edit edit : edits) {
            text.append(page.text(), from, edit.from()).append(edit.by());
            from = edit.to();
        }
        return Marked.made(page.source().part(), text.append(page.text(), from, page.text().length()).toString());
    }

    private static boolean isOurs(String attribute) {
        return attribute.equals("data-link") || attribute.equals("data-name");
    }

    private void link(Element element, List<Span> spans) {
        Said said = said(spans);
        Optional<String> address = address(element, said);
        boolean placed = address.isEmpty();
        for (Span span : spans) {
            boolean place = !placed && (span.attribute().getKey().equals("href")
                    || said.address().isEmpty() && span.attribute().getKey().equals("data-link"));
            if (place) {
                edits.add(new Edit(span.from(), span.to(), "href=\"" + address.get() + '"'));
                placed = true;
            } else if (isOurs(span.attribute().getKey())) {
                edits.add(new Edit(span.from(), span.to(), ""));
            }
        }
    }

    /** A component's role stands as a piece in front of its address. */
    private Said said(List<Span> spans) {
        Optional<String> address = value(spans, "href");
        Optional<Piece.Role> role = address.stream().flatMap(text -> pieces.in(text).stream())
                .filter(Piece.Role.class::isInstance).map(Piece.Role.class::cast).findFirst();
        return new Said(address.map(text -> role.isEmpty() ? text : text.substring(text.indexOf(Marked.END) + 1))
                .map(String::strip),
                role.map(Piece.Role::link).or(() -> value(spans, "data-link")).orElse(""),
                role.map(Piece.Role::name).or(() -> value(spans, "data-name")).orElse(""));
    }

    private static Optional<String> value(List<Span> spans, String key) {
        return spans.stream().filter(span -> span.attribute().getKey().equals(key))
                .map(span -> span.attribute().getValue()).findFirst();
    }

    /** The mark that goes in the place of the address; empty for one that stays as it is. */
    private Optional<String> address(Element element, Said said) {
        if (!said.name().isEmpty() && !said.link().equals("vote")) {
            add(element, "data-name stands beside data-link=\"vote\"");
        }
        if (said.link().isEmpty()) {
            return said.address().flatMap(address -> elsewhere(element, address));
        }
        String landing = said.address().filter(address -> !address.equals("#")).orElse("");
        if (said.link().equals("vote")) {
            return vote(element, said.name(), landing);
        }
        Filling.Act act = ACTS.get(said.link());
        if (act == null) {
            add(element, "there is no data-link \"" + Marked.without(said.link()) + "\"; there are "
                    + String.join(", ", ACTS.keySet().stream().sorted().toList()) + ", vote");
            return Optional.empty();
        }
        if (!landing.isEmpty()) {
            requireWeb(element, landing);
        }
        needs.act(act);
        return Optional.of(made(element, new Leads.ToAct(act), landing));
    }

    private Optional<String> vote(Element element, String answer, String landing) {
        if (!answer.matches("[A-Za-z0-9_.-]{1,64}")) {
            add(element, "data-name is the answer's system name: letters, digits, _ - and dots, written out");
        }
        if (!landing.isEmpty()) {
            add(element, "the poll says where a vote leads: leave the href away");
        }
        needs.answer(answer);
        return Optional.of(made(element, new Leads.ToAnswer(answer), ""));
    }

    private Optional<String> elsewhere(Element element, String address) {
        if (Addresses.isUntouched(address) || isParameterOfLink(address)) {
            return Optional.empty();
        }
        if (address.isEmpty()) {
            add(element, "this link has no address");
            return Optional.empty();
        }
        requireWeb(element, address);
        boolean secret = pieces.in(address).stream().anyMatch(carriesSecret);
        return Optional.of(made(element, new Leads.Elsewhere(!secret), address));
    }

    /** {@code ${Message.UnsubscribeLink}} and its like are whole addresses. */
    private boolean isParameterOfLink(String address) {
        boolean whole = !address.isEmpty() && address.indexOf(Marked.END) == address.length() - 1;
        return whole && pieces.in(address).stream().allMatch(piece ->
                piece instanceof Output(Spot _, Expression.Member(int _, Expression.Name(int _, String group),
                        String name), boolean _) && group.equals(Parameters.MESSAGE)
                        && Parameters.LINKS.containsKey(name));
    }

    /** As far as it is written out; the rest is looked at when it is filled. */
    private void requireWeb(Element element, String address) {
        boolean open = address.charAt(0) == Marked.BEGIN;
        boolean host = address.matches("(?is)https?://" + (Marked.isIn(address) ? ".+" : "[^/?#]+.*"));
        String words = Marked.without(address);
        if (!open && !host || !open && words.chars().anyMatch(c -> Character.isISOControl(c) || c == ' ')) {
            add(element, "a link leads to an address with http:// or https://, mailto:, tel:, sms: or #");
        }
    }

    private String made(Element element, Leads leads, String inner) {
        number++;
        if (number > MOST) {
            add(element, "more than " + MOST + " links");
        }
        return pieces.add(new Piece.Link(spot(element), number, leads, inQuery(inner)));
    }

    /** Values behind the question mark are percent-encoded. */
    private String inQuery(String address) {
        var text = new StringBuilder();
        int from = 0;
        for (int at = address.indexOf(Marked.BEGIN); at >= 0; at = address.indexOf(Marked.BEGIN, from)) {
            int end = address.indexOf(Marked.END, at) + 1;
            text.append(address, from, at);
            boolean query = text.chars().anyMatch(c -> c == '?' || c == '#');
            text.append(query && pieces.get(Marked.numberAt(address, at)) instanceof Output output
                    ? pieces.add(output.inQuery()) : address.substring(at, end));
            from = end;
        }
        return text.append(address.substring(from)).toString();
    }

    private Spot spot(Element element) {
        return page.source().spot(element.sourceRange().startPos());
    }

    private void add(Element element, String message) {
        faults.add(spot(element), FaultCode.LINK, message);
    }
}
