package io.countersign.server.form;

import io.countersign.domain.customer.Profile;
import io.countersign.server.consent.Requests;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Form;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** {@code POST /api/newsletter-form/{form}}: the endpoint for forms on other sites (spec/loops.md, section 2). */
public final class FormRoutes {
    private static final Pattern LISTS = Pattern.compile("\\s*,\\s*");

    private final Catalogs catalogs;
    private final SignUps signUps;
    private final FormLimits limits;

    FormRoutes(Catalogs catalogs, SignUps signUps, FormLimits limits) {
        this.catalogs = catalogs;
        this.signUps = signUps;
        this.limits = limits;
    }

    List<Route> routes() {
        return List.of(Route.post("/api/newsletter-form/{form}", "public", "Sign up through a form", this::submit)
                .withCors().withErrors(FormErrors.RENDERER));
    }

    private Reply submit(Request request) throws IOException {
        Catalog catalog = catalogs.current();
        Form form = catalog.form(request.pathParam("form"))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "Form not found."));
        limits.require(catalog, form, request);
        signUps.submit(catalog, form, signUp(request, fields(request)));
        return Reply.json(Json.object().put("success", true));
    }

    /** The same fields whichever of the two content types brings them; a blank field is an absent one. */
    private static Map<String, String> fields(Request request) throws IOException {
        var fields = new LinkedHashMap<String, String>();
        if (request.contentType().equals("application/json")) {
            request.json().properties().forEach(field -> put(fields, field.getKey(), text(field.getValue())));
        } else {
            var form = request.form();
            form.names().forEach(name -> put(fields, name, form.first(name).orElse("")));
        }
        return fields;
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (value.length() > SignUps.LONGEST_VALUE || name.length() > SignUps.LONGEST_VALUE) {
            throw new ProblemException(Problem.INVALID_VALUE, "Some body key or value is longer than allowable",
                    name.length() > SignUps.LONGEST_VALUE ? null : name);
        }
        if (!value.isBlank()) {
            fields.put(name, value.strip());
        }
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            return String.join(",", value.valueStream().filter(JsonNode::isString).map(JsonNode::stringValue)
                    .toList());
        }
        if (value.isObject()) {
            return String.join(",", value.propertyStream().filter(entry -> entry.getValue().booleanValue(false))
                    .map(Map.Entry::getKey).toList());
        }
        return value.asString();
    }

    private static SignUp signUp(Request request, Map<String, String> fields) {
        if (!fields.containsKey("email")) {
            throw new ProblemException(Problem.MISSING_FIELD, "Invalid email address.", "email");
        }
        var patch = new Profile.Patch(value(fields, "firstName"), value(fields, "lastName"), Map.of(),
                value(fields, "source").or(() -> Optional.of("Form")), value(fields, "userGroup"));
        List<String> lists = value(fields, "mailingLists").map(text -> Stream.of(LISTS.split(text))
                .filter(list -> !list.isBlank()).toList()).orElse(List.of());
        return new SignUp(fields.get("email"), patch, lists, Optional.empty(),
                value(fields, "language").or(() -> request.header("Accept-Language")), Requests.of(request));
    }

    private static Optional<String> value(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).map(SignUpText::plain);
    }
}
