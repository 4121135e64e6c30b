package io.countersign.server.form;

import io.countersign.domain.customer.Profile;
import io.countersign.server.consent.ConsentDraft;
import java.util.List;
import java.util.Optional;

/**
 * A submitted form, as it came.
 *
 * @param lists    slugs of further topics that were asked for
 * @param wording  the consent wording that was shown, where we showed it
 * @param language the language of the page, for the mail
 */
record SignUp(String email, Profile.Patch profile, List<String> lists, Optional<String> wording,
              Optional<String> language, ConsentDraft.Request request) {}
