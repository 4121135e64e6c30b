package io.countersign.server.campaign;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A project's sending profiles. One that a campaign in use checks with stays what it is. */
public final class SendingProfiles {
    private final Database database;
    private final InstantSource clock;

    public SendingProfiles(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The built-in ones, then the project's own by name. */
    List<SendingProfile> of(ProjectId project) {
        return Stream.concat(SendingProfile.BUILT_IN.stream(),
                database.with(tx -> ProfileStore.own(tx, project)).stream()).toList();
    }

    /** Problems: there is one of this name. */
    SendingProfile create(ProjectId project, SendingProfile profile) {
        if (SendingProfile.builtIn(profile.slug()).isPresent()
                || !database.with(tx -> ProfileStore.insert(tx, project, profile, clock.instant()))) {
            throw new ProblemException(Problem.CONFLICT, "There is a profile of this name; take another.", "slug");
        }
        return profile;
    }

    /** Problems: unknown, built in, in use. Its name may change while it is in use. */
    SendingProfile change(ProjectId project, String slug, UnaryOperator<SendingProfile> change) {
        requireOwn(slug);
        return database.transaction(tx -> {
            SendingProfile before = ProfileStore.lock(tx, project, slug).orElseThrow(SendingProfiles::unknown);
            SendingProfile after = change.apply(before);
            if (!after.checks().equals(before.checks())) {
                requireUnused(ProfileStore.users(tx, project, slug, true));
            }
            ProfileStore.update(tx, project, after, clock.instant());
            return after;
        });
    }

    /** Problems: unknown, built in, used by a campaign that is not deleted. */
    void delete(ProjectId project, String slug) {
        requireOwn(slug);
        database.transaction(tx -> {
            ProfileStore.lock(tx, project, slug).orElseThrow(SendingProfiles::unknown);
            requireUnused(ProfileStore.users(tx, project, slug, false));
            ProfileStore.delete(tx, project, slug);
            return slug;
        });
    }

    private static void requireOwn(String slug) {
        if (SendingProfile.builtIn(slug).isPresent()) {
            throw new ProblemException(Problem.CONFLICT, "This profile is built in and stays as it is.", "slug");
        }
    }

    private static void requireUnused(List<String> users) {
        if (!users.isEmpty()) {
            throw new ProblemException(Problem.CONFLICT, "Campaigns use this profile: " + String.join(", ", users)
                    + ".").with("campaigns", users);
        }
    }

    static ProblemException unknown() {
        return new ProblemException(Problem.NOT_FOUND, "There is no such profile.", "slug");
    }
}
