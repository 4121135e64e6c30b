package io.countersign.server.platform.pages;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.link.Followed;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.LinkedMessage;
import io.countersign.server.link.MessageLink;
import io.countersign.server.link.Visit;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.pages.SamplePages.Cast;
import io.countersign.server.preference.PreferencePages;
import io.countersign.server.preference.PreferenceView;
import io.countersign.server.preference.PreferenceView.Choice;
import io.countersign.server.preference.PreferenceView.Why;
import io.countersign.server.preference.UnsubscribePages;
import io.countersign.server.privacy.CopyExcerpt;
import io.countersign.server.privacy.PrivacyPages;
import io.countersign.server.privacy.PrivacyPages.Place;
import io.countersign.server.privacy.PrivacyRequest.Kind;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The pages that links of campaigns' messages lead to. */
final class PeoplesPages {
    private static final ProjectId PROJECT = new ProjectId(1);
    private static final UUID MESSAGE = new UUID(1, 2);

    private PeoplesPages() {}

    static void add(Cast cast, Texts texts, Map<String, String> pages) {
        var message = new LinkedMessage(MESSAGE, PROJECT, new BrandId(1), new UUID(3, 4),
                new LinkedMessage.Address(ContactType.EMAIL, cast.address()), Optional.empty(), Optional.empty(),
                Optional.empty());
        var visit = new Visit(new Followed(new MessageLink(PROJECT, LinkKind.PREFERENCES, MESSAGE, 0), message),
                cast.brand(), texts, "/p/1.text", Optional.of(cast.url()));
        Optional<String> topic = Optional.of(cast.topics().getFirst());
        var leaving = new UnsubscribePages(SamplePages.PAGES);
        pages.put("leave-ask",
                SamplePages.PAGES.render(leaving.question(visit, Optional.empty()), cast.brand(), texts));
        pages.put("leave-ask-topic", SamplePages.PAGES.render(leaving.question(visit, topic), cast.brand(), texts));
        pages.put("leave-done", leaving.done(visit, Optional.empty(), List.of("news"), "/p/1.text"));
        pages.put("leave-done-topic", leaving.done(visit, topic, List.of(), "/p/1.text"));
        var why = new Why("2 January 2026, 03:04", "2026-01-02T03:04:05Z", texts.text("why.form"),
                Optional.of(cast.url()), Optional.of("203.0.113.…"), Optional.of(cast.name()));
        var choices = List.of(new Choice("news", cast.topics().getFirst(), true),
                new Choice("offers", cast.topics().getLast(), false));
        var preferences = new PreferencePages(SamplePages.PAGES);
        pages.put("preferences", preferences.render(visit, new PreferenceView(false, false, choices, List.of(why))));
        pages.put("preferences-off", preferences.render(visit, new PreferenceView(true, true, List.of(), List.of())));
        pages.put("preferences-only", preferences.render(visit, new PreferenceView(true, true, choices, List.of(why))));
        privacy(cast, new Place(cast.brand(), texts, "/privacy/1.text"), pages);
    }

    private static void privacy(Cast cast, Place place, Map<String, String> pages) {
        var privacy = new PrivacyPages(SamplePages.PAGES);
        for (Kind kind : Kind.values()) {
            pages.put("privacy-" + kind, privacy.question(place, kind));
        }
        pages.put("privacy-ready", privacy.ready(place));
        pages.put("privacy-waiting", privacy.waiting(place));
        pages.put("privacy-erased", privacy.erased(place));
        pages.put("privacy-expired", privacy.expired(place));
        pages.put("privacy-refused", privacy.refused(place, cast.name()));
        var document = Json.object().put("id", "cus_1").put("first_name", cast.name());
        document.putArray("contacts").addObject().put("type", "email").put("value", cast.address());
        pages.put("privacy-data", privacy.data(place,
                new CopyExcerpt(document, Set.of("contacts"), ZoneOffset.UTC)));
    }
}
