package io.countersign.server.campaign;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.offer.PersonOffers;
import io.countersign.server.project.Brand;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What was read for the messages of a take, of one project at one moment. */
record LetterBatch(ProjectId project, Instant now, ZoneId zone, Map<Integer, OfCampaign> campaigns,
                   Map<UUID, LetterStore.Person> people, Map<UUID, GivenStore.Given> given,
                   Map<UUID, String> reasons, Map<UUID, PersonOffers> offers) {
    /** A campaign with what its messages share; {@code winner} is empty where nothing was decided, or no need to. */
    record OfCampaign(Campaign campaign, Brand brand, CampaignTexts texts, Optional<String> winner) {}

    LetterStore.Person person(UUID customer) {
        return people.getOrDefault(customer, LetterStore.Person.UNKNOWN);
    }

    Map<String, Object> custom(UUID message) {
        GivenStore.Given known = given.get(message);
        return known == null ? Map.of() : known.custom();
    }

    boolean isTest(UUID message) {
        return given.containsKey(message) && given.get(message).test();
    }

    LetterBatch with(Map<UUID, PersonOffers> found) {
        return new LetterBatch(project, now, zone, campaigns, people, given, reasons, new HashMap<>(found));
    }
}
