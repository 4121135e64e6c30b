package io.countersign.server.project;

import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;

/** A change of set-up was refused by the readers or writers of files, and nothing was done. */
public final class SetupRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String field;

    /** @param place what of the path the one who asked does not know of */
    SetupRefused(ProvisionException.Wrong wrong, String place) {
        super(wrong.what(), null, false, false);
        this.field = wrong.path().startsWith(place) ? wrong.path().substring(place.length()) : "";
    }

    /** The dotted path of what is wrong, in the terms of the one who asked. */
    public String field() {
        return field;
    }

    /** The same in the form of the API. */
    public ProblemException problem() {
        String detail = Character.toUpperCase(getMessage().charAt(0)) + getMessage().substring(1) + ".";
        return new ProblemException(Problem.INVALID_VALUE, detail, field);
    }
}
