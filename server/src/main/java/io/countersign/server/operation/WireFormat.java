package io.countersign.server.operation;

import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The two ways in which bodies and answers are written. */
enum WireFormat {
    JSON, XML;

    /** The format of a body, as its content type tells. */
    static WireFormat ofBody(Request request) {
        String header = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        WireFormat format = of(request.contentType()).orElseThrow(() -> new ProblemException(
                Problem.UNSUPPORTED_CONTENT_TYPE, "The content type must be application/json or application/xml."));
        int charset = header.indexOf("charset=");
        if (charset >= 0 && !header.substring(charset + 8).replace("\"", "").strip().matches("utf-?8([ ;].*)?")) {
            throw new ProblemException(Problem.UNSUPPORTED_CONTENT_TYPE, "The character set must be UTF-8.");
        }
        return format;
    }

    /** The format of the answer: the first that is accepted, else the body's own. */
    static WireFormat ofAnswer(Request request) {
        String accepted = request.header("Accept").orElse("").toLowerCase(Locale.ROOT);
        return Stream.of(accepted.split(",")).map(range -> range.split(";", 2)[0].strip())
                .flatMap(type -> of(type).stream()).findFirst()
                .or(() -> of(request.contentType())).orElse(JSON);
    }

    private static Optional<WireFormat> of(String type) {
        return switch (type) {
            case "application/json", "text/json" -> Optional.of(JSON);
            case "application/xml", "text/xml" -> Optional.of(XML);
            default -> suffix(type);
        };
    }

    private static Optional<WireFormat> suffix(String type) {
        if (type.startsWith("application/") && type.endsWith("+json")) {
            return Optional.of(JSON);
        }
        return type.startsWith("application/") && type.endsWith("+xml") ? Optional.of(XML) : Optional.empty();
    }

    Reply reply(int status, ObjectNode answer) {
        return switch (this) {
            case JSON -> Reply.bytes(status, "application/json; charset=utf-8", Json.write(answer));
            case XML -> Reply.bytes(status, "application/xml; charset=utf-8",
                    XmlAnswer.write(answer).getBytes(StandardCharsets.UTF_8));
        };
    }
}
