package io.countersign.server.project;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.pages.BrandLook;

/** A sender identity inside a project. */
public record Brand(BrandId id, ProjectId project, String slug, String name, DoubleOptIn doubleOptIn,
                    Sender sender, Mailing mailing, Face face) {
    /** Whether marketing also needs a verified contact. */
    public boolean requireVerifiedContact() {
        return mailing.requireVerifiedContact();
    }

    /** Of pages and mails, where the person's own is not known. */
    public String language() {
        return face.language();
    }

    /** How its pages and mails look. */
    public BrandLook look() {
        return new BrandLook(name, face.language(), face.accentColor().orElse(null), face.logoUrl().orElse(null));
    }
}
