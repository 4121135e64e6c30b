package io.countersign.server.message;

import io.countersign.server.message.HandOver.Accepted;
import io.countersign.server.message.HandOver.Concern;
import io.countersign.server.message.HandOver.Deferred;
import io.countersign.server.message.HandOver.Refused;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.ProblemException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a gateway's answer means: its status decides, its own error code says more where it is known. */
final class SmsGatewayAnswer {
    /** Codes of the widespread API that this request follows; whose fault a refusal is. */
    private static final Map<Integer, Concern> REFUSALS = Map.ofEntries(
            refusal(21211, Concern.RECIPIENT),   // not a number
            refusal(21214, Concern.RECIPIENT),   // cannot be reached
            refusal(21217, Concern.RECIPIENT),   // not a valid number
            refusal(21421, Concern.RECIPIENT),   // invalid
            refusal(21610, Concern.RECIPIENT),   // has told the carrier to stop
            refusal(21614, Concern.RECIPIENT),   // not a mobile number
            refusal(21635, Concern.RECIPIENT),   // a landline
            refusal(21212, Concern.SENDER),      // invalid
            refusal(21603, Concern.SENDER),      // missing
            refusal(21606, Concern.SENDER),      // not able to send SMS
            refusal(21612, Concern.SENDER),      // this sender does not reach that number
            refusal(21659, Concern.SENDER),      // not a number of the account
            refusal(21660, Concern.SENDER),      // of another account
            refusal(21661, Concern.SENDER));     // not able to send SMS
    /** Too many at once, a full queue, an account that may not send now: as for any other message. */
    private static final Map<Integer, Boolean> LATER = Map.of(14107, true, 20003, true, 20005, true, 20429, true,
            21611, true, 21703, true, 21704, true, 21705, true);

    private SmsGatewayAnswer() {
    }

    /** @param body the beginning of the answer's body, as it came: the gateway is not trusted */
    static HandOver of(int status, byte[] body) {
        Optional<ObjectNode> json = json(body);
        if (status >= 200 && status <= 299) {
            return new Accepted(new ProviderReply(status, "", "accepted as " + text(json, "sid")));
        }
        int code = json.map(object -> object.path("code")).filter(JsonNode::isInt).map(JsonNode::intValue).orElse(0);
        var reply = new ProviderReply(status, code == 0 ? "" : Integer.toString(code),
                "gateway answered " + status + ": " + text(json, "message"));
        if (isLater(status) || LATER.containsKey(code)) {
            return new Deferred(reply, Concern.PROVIDER);
        }
        return new Refused(reply, REFUSALS.getOrDefault(code, Concern.MESSAGE));
    }

    /** A redirect, a login that is refused, a path that is not there: settings, which the operator can mend. */
    private static boolean isLater(int status) {
        return status < 400 || status >= 500 || status == 401 || status == 402 || status == 403 || status == 404
                || status == 405 || status == 407 || status == 408 || status == 425 || status == 429;
    }

    private static Optional<ObjectNode> json(byte[] body) {
        try {
            return Optional.of(Json.parseObject(body));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static String text(Optional<ObjectNode> json, String member) {
        return json.map(object -> object.path(member)).filter(JsonNode::isString).map(JsonNode::stringValue)
                .orElse("(nothing said)");
    }

    private static Map.Entry<Integer, Concern> refusal(int code, Concern concern) {
        return Map.entry(code, concern);
    }
}
