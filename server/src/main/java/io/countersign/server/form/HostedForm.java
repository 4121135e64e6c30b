package io.countersign.server.form;

import io.countersign.domain.customer.Profile;
import io.countersign.server.consent.Requests;
import io.countersign.server.form.SignUpEntry.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.platform.pages.ContentPolicy;
import io.countersign.server.platform.pages.Languages;
import io.countersign.server.platform.pages.PageErrors;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.platform.pages.Wait;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Form;
import io.countersign.server.project.Topic;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /f/{form}}: the hosted page of a form; works without script. */
final class HostedForm {
    /** People do not see this field; machines fill it in. */
    private static final String HONEYPOT = "website";

    private final Catalogs catalogs;
    private final SignUps signUps;
    private final FormLimits limits;
    private final SignUpPages pages;
    private final Languages languages;
    private final InstantSource clock;
    private final PageErrors errors;

    HostedForm(Forms.Parts parts, SignUps signUps, FormLimits limits) {
        this.catalogs = parts.catalogs();
        this.signUps = signUps;
        this.limits = limits;
        this.pages = new SignUpPages(parts.pages());
        this.languages = parts.languages();
        this.clock = parts.clock();
        this.errors = parts.errors();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/f/{form}", "public", "The hosted sign-up page", this::show).withErrors(errors),
                Route.post("/f/{form}", "public", "Sign up on the hosted page", this::submit).withErrors(errors));
    }

    private Reply show(Request request) {
        var shown = shown(request);
        Texts texts = languages.choose(request.header("Accept-Language").orElse(null), shown.brand.language());
        return page(shown, pages.form(shown.view, texts));
    }

    private Reply submit(Request request) throws IOException {
        var shown = shown(request);
        var fields = request.form();
        Texts texts = fields.first("language").map(languages::in)
                .orElseGet(() -> languages.choose(request.header("Accept-Language").orElse(null),
                        shown.brand.language()));
        String email = fields.first("email").orElse("").strip();
        String firstName = fields.first("firstName").orElse("").strip();
        var limit = limits.take(shown.catalog, shown.form, request);
        if (!limit.allowed()) {
            var wait = new Wait(clock.instant(), limit.nextAllowedAt());
            return page(shown, pages.tooManyRequests(shown.view, wait, texts)).withStatus(429)
                    .header("Retry-After", Long.toString(wait.seconds()));
        }
        Optional<Problem> problem = problem(email, firstName);
        if (problem.isEmpty() && fields.first(HONEYPOT).filter(text -> !text.isBlank()).isEmpty()) {
            problem = signUp(request, shown, texts, new SignUpEntry(email, firstName, null));
        }
        if (problem.isPresent()) {
            var entry = new SignUpEntry(email, firstName, problem.get());
            return page(shown, pages.form(shown.view, entry, texts)).withStatus(400);
        }
        return page(shown, pages.done(shown.view, email, nextMail(shown), texts));
    }

    private static Reply page(Shown shown, String html) {
        return ContentPolicy.of(Reply.html(html), shown.brand.look(), Optional.empty());
    }

    /** What is wrong with the fields themselves. */
    private static Optional<Problem> problem(String email, String firstName) {
        if (email.isEmpty()) {
            return Optional.of(Problem.EMAIL_MISSING);
        }
        boolean nameless = firstName.length() > SignUps.LONGEST_VALUE
                || firstName.chars().anyMatch(Character::isISOControl);
        return nameless ? Optional.of(Problem.FIRST_NAME_INVALID) : Optional.empty();
    }

    private Optional<Problem> signUp(Request request, Shown shown, Texts texts, SignUpEntry entry) {
        var patch = new Profile.Patch(Optional.of(entry.firstName()).filter(name -> !name.isEmpty()),
                Optional.empty(), Map.of(), Optional.of("Form"), Optional.empty());
        try {
            signUps.submit(shown.catalog, shown.form, new SignUp(entry.email(), patch, List.of(),
                    Optional.of(pages.consentWording(shown.view, texts)), Optional.of(texts.tag()),
                    Requests.of(request)));
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(switch (e.problem()) {
                case INVALID_VALUE -> Problem.EMAIL_INVALID;
                case CONTACT_BLOCKED -> Problem.EMAIL_REFUSED;
                default -> throw e;
            });
        }
    }

    private Wait nextMail(Shown shown) {
        var cooldown = shown.form.resendCooldown().orElse(
                shown.catalog.project(shown.form.project()).orElseThrow().limits().resendCooldown());
        return new Wait(clock.instant(), clock.instant().plus(cooldown));
    }

    private Shown shown(Request request) {
        Catalog catalog = catalogs.current();
        Form form = catalog.form(request.pathParam("form")).orElseThrow(() -> new ProblemException(
                io.countersign.server.platform.http.Problem.NOT_FOUND, "There is no such form."));
        Brand brand = catalog.brand(form.project(), form.brand()).orElseThrow();
        List<String> topics = form.topics().stream()
                .flatMap(topic -> catalog.topic(form.project(), topic).stream()).map(Topic::name).toList();
        var view = new SignUpView(brand.look(), "/f/" + form.id(), topics,
                form.asksConfirmation(brand), true, HONEYPOT, null);
        return new Shown(catalog, form, brand, view);
    }

    private record Shown(Catalog catalog, Form form, Brand brand, SignUpView view) {}
}
