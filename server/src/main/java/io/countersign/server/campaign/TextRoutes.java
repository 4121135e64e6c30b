package io.countersign.server.campaign;

import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
import io.countersign.server.campaign.CampaignTexts.Key;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.template.Content;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/campaigns/{slug}/contents}: what a campaign says, per variant and language. */
final class TextRoutes {
    private static final String TEXT = CampaignRoutes.ONE + "/contents/{variant}/{language}";
    private static final long LARGEST_BODY = 1024 * 1024;
    private static final int LONGEST_LINE = 300;
    private static final int LONGEST_SOURCE = 400_000;
    private static final int LONGEST_TEXT = 100_000;

    private final Campaigns campaigns;

    private TextRoutes(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    static List<Route> routes(Campaigns campaigns, Guard guard) {
        var routes = new TextRoutes(campaigns);
        return List.of(
                Route.put(TEXT, CampaignRoutes.OPERATOR, "Write a text of a campaign", guard.editors(routes::put))
                        .withMaxBody(LARGEST_BODY),
                Route.delete(TEXT, CampaignRoutes.OPERATOR, "Take a text out of a campaign",
                        guard.editors(routes::delete)));
    }

    private Reply put(Request request, OfOperator operator) throws IOException {
        Key key = key(request);
        Content content = content(Members.of(request.json(), Set.of("subject", "preheader", "html", "mjml", "text")));
        Campaigns.Put put = campaigns.putText(operator.project(), request.pathParam("slug"), key, content,
                by(operator));
        ObjectNode document = CampaignDocuments.text(key, content);
        document.set("warnings", TextWarnings.document(put.warnings()));
        return Reply.json(put.fresh() ? 201 : 200, document);
    }

    private Reply delete(Request request, OfOperator operator) {
        campaigns.deleteText(operator.project(), request.pathParam("slug"), key(request), by(operator));
        return Reply.noContent();
    }

    private static String by(OfOperator operator) {
        return "operator:" + operator.email();
    }

    private static Key key(Request request) {
        String variant = request.pathParam("variant");
        if (!variant.matches("[a-h]")) {
            throw new ProblemException(Problem.INVALID_VALUE, "Variants are called a to h.", "variant");
        }
        return new Key(variant, language("language", request.pathParam("language")));
    }

    static String language(String field, String tag) {
        if (!tag.matches("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")) {
            throw new ProblemException(Problem.INVALID_VALUE, "A language like en or pt-BR is expected.", field);
        }
        return tag;
    }

    /** An email has a subject and HTML or MJML; an SMS has a text and nothing else. */
    private static Content content(Members body) {
        boolean html = body.names().contains("html");
        boolean mjml = body.names().contains("mjml");
        if (html && mjml) {
            throw body.invalid("mjml", "Give html or mjml, not both.");
        }
        if (html || mjml) {
            return new Content(body.required("subject", LONGEST_LINE), body.line("preheader", LONGEST_LINE).orElse(""),
                    html ? Content.Format.HTML : Content.Format.MJML, lines(body, html ? "html" : "mjml",
                    LONGEST_SOURCE), body.value("text").filter(value -> !value.isNull()).isPresent()
                    ? lines(body, "text", LONGEST_TEXT) : "");
        }
        if (body.names().contains("subject") || body.names().contains("preheader")) {
            throw new ProblemException(Problem.MISSING_FIELD, "An email has html or mjml; an SMS has a text only.",
                    "html");
        }
        return new Content("", "", Content.Format.TEXT, lines(body, "text", LONGEST_TEXT), "");
    }

    private static String lines(Members body, String name, int longest) {
        String text = body.value(name).filter(value -> !value.isNull()).filter(JsonNode::isString)
                .map(JsonNode::stringValue).filter(given -> !given.isBlank())
                .orElseThrow(() -> new ProblemException(Problem.MISSING_FIELD, "A text is needed.", body.path(name)));
        return body.text(name, text, longest, letter -> Character.isISOControl(letter) && letter != '\n'
                && letter != '\r' && letter != '\t');
    }
}
