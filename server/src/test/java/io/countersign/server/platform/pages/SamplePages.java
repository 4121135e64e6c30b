package io.countersign.server.platform.pages;

import io.countersign.server.confirmation.ConfirmationPages;
import io.countersign.server.confirmation.ConfirmationScreen;
import io.countersign.server.confirmation.ConfirmationView;
import io.countersign.server.form.SignUpEntry;
import io.countersign.server.form.SignUpEntry.Problem;
import io.countersign.server.form.SignUpPages;
import io.countersign.server.form.SignUpView;
import io.countersign.server.message.CatcherPages;
import io.countersign.server.message.CaughtMail;
import io.countersign.server.message.CaughtMailView;
import io.countersign.server.message.CaughtSms;
import io.countersign.server.message.MailLink;
import io.countersign.server.message.OptInEmailTemplate;
import io.countersign.server.message.OptInEmailView;
import io.countersign.server.proof.ProofPages;
import io.countersign.server.proof.ProofView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every state of every page, by name, filled from one cast of values. */
public final class SamplePages {
    public static final Pages PAGES = Pages.create(StaticFiles.load());
    public static final Languages LANGUAGES = Languages.load();
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    public static final Wait WAIT = new Wait(NOW, NOW.plusSeconds(45));

    /** The values that fill a page: friendly ones, or hostile ones. */
    public record Cast(BrandLook brand, String address, String name, List<String> topics, String url) {
        public static final Cast FRIENDLY = new Cast(
                new BrandLook("Acme Shop", "en", "#0f766e", null),
                "ann.example@mail.example.org",
                "Ann",
                List.of("News", "Offers"),
                "https://countersign.example.org/c/1.QmFzZTY0VXJsU2FmZVRpY2tldFRleHQ?a=1&b=2");

        /** @param evil stands in every field */
        public static Cast hostile(String evil) {
            return new Cast(
                    new BrandLook(evil, "en", evil, evil), evil, evil, List.of(evil, evil),
                            "https://a.example/?x='&y=`");
        }
    }

    private SamplePages() {}

    /** All pages for people, and the HTML of the opt-in email under {@code mail}. */
    public static Map<String, String> of(Cast cast, Texts texts) {
        Map<String, String> pages = new LinkedHashMap<>();
        signUps(cast, texts, pages);
        confirmations(cast, texts, pages);
        PeoplesPages.add(cast, texts, pages);
        ErrorPages errors = new ErrorPages(PAGES);
        for (int status : List.of(400, 404, 405, 413, 429, 500, 503)) {
            pages.put("error-" + status,
                    errors.render(new ErrorView(status, cast.name(), WAIT), cast.brand(), texts));
        }
        pages.put("proof", new ProofPages(PAGES, LANGUAGES).render(proof(cast), cast.brand(), texts));
        var view = new OptInEmailView(cast.brand(), cast.topics(), cast.url(), cast.address(), cast.name());
        pages.put("mail", new OptInEmailTemplate(PAGES).render(view, texts).html());
        return pages;
    }

    private static ProofView proof(Cast cast) {
        var at = ProofView.Time.of("2026-01-02T03:04:05.678901Z");
        var person = List.of(new ProofView.Fact(cast.name(), cast.address(), Optional.of(at), false),
                new ProofView.Fact(cast.name(), "5f".repeat(32), Optional.empty(), true));
        var shown = List.of(new ProofView.Text(cast.name(), cast.name() + "\n\n" + cast.url()));
        return new ProofView(new ProofView.Head(cast.name(), true, cast.name(), person), person,
                List.of(new ProofView.Act(at, cast.name(), person, shown)),
                List.of(new ProofView.Change(at, cast.name(), cast.name(), cast.name(), cast.name(), cast.name())),
                List.of(new ProofView.Act(at, cast.name(), person, List.of())));
    }

    /** The pages of the mail catcher, in English only. */
    public static Map<String, String> catcher(Cast cast) {
        CatcherPages catcher = new CatcherPages(PAGES, LANGUAGES.in("en"));
        CaughtMail mail = new CaughtMail("m-1", cast.address(), cast.address(), cast.name(), NOW);
        CaughtMail later = new CaughtMail("m-2", cast.address(), cast.address(), "", NOW.plusSeconds(60));
        var headers = List.of(
                new CaughtMailView.Header("Message-ID", "<" + cast.name() + "@example.org>"),
                new CaughtMailView.Header(cast.name(), cast.name()));
        var links = List.of(new MailLink("Confirm subscription", cast.url()),
                new MailLink(cast.name(), cast.name()));
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("catcher-empty", catcher.list(List.of()));
        CaughtSms sms = new CaughtSms("sms-1", cast.name(), cast.address(), cast.name() + " " + cast.url(), NOW);
        pages.put("catcher-list", catcher.list(List.of(mail, later, sms)));
        pages.put("catcher-sms", catcher.sms(sms));
        pages.put("catcher-mail", catcher.mail(new CaughtMailView(mail, headers, cast.name(), true, links)));
        pages.put("catcher-bare", catcher.mail(new CaughtMailView(later, List.of(), "", false, List.of())));
        return pages;
    }

    private static void signUps(Cast cast, Texts texts, Map<String, String> pages) {
        SignUpPages signUp = new SignUpPages(PAGES);
        SignUpView on = signUpView(cast, true);
        SignUpView off = signUpView(cast, false);
        pages.put("signup", signUp.form(on, texts));
        pages.put("signup-single", signUp.form(off, texts));
        for (Problem problem : Problem.values()) {
            SignUpEntry entry = new SignUpEntry(cast.address(), cast.name(), problem);
            pages.put("signup-" + problem.name().toLowerCase(Locale.ROOT), signUp.form(on, entry, texts));
        }
        pages.put("signup-inbox", signUp.done(on, cast.address(), WAIT, texts));
        pages.put("signup-subscribed", signUp.done(off, cast.address(), null, texts));
        pages.put("signup-limited", signUp.tooManyRequests(on, WAIT, texts));
    }

    public static SignUpView signUpView(Cast cast, boolean doubleOptIn) {
        return new SignUpView(cast.brand(), "/f/newsletter", cast.topics(), doubleOptIn, true, "website",
                null);
    }

    private static void confirmations(Cast cast, Texts texts, Map<String, String> pages) {
        ConfirmationPages confirmation = new ConfirmationPages(PAGES);
        var view = new ConfirmationView(cast.brand(), "/c/1.ticket", cast.address(), cast.topics());
        for (ConfirmationScreen screen : screens()) {
            String name = screen.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            pages.put("confirm-" + name, confirmation.render(view, screen, texts));
        }
    }

    public static List<ConfirmationScreen> screens() {
        return List.of(
                new ConfirmationScreen.Ask(),
                new ConfirmationScreen.Confirmed(),
                new ConfirmationScreen.AlreadyConfirmed(),
                new ConfirmationScreen.Rejected(),
                new ConfirmationScreen.Resent(WAIT),
                new ConfirmationScreen.TooSoon(new Wait(NOW, NOW.plusSeconds(5 * 3600 + 1))),
                new ConfirmationScreen.Expired(),
                new ConfirmationScreen.Used(),
                new ConfirmationScreen.Gone(),
                new ConfirmationScreen.Left(),
                new ConfirmationScreen.Foreign(),
                new ConfirmationScreen.Unknown(),
                new ConfirmationScreen.AskContact(),
                new ConfirmationScreen.Verified(),
                new ConfirmationScreen.Ended());
    }
}
