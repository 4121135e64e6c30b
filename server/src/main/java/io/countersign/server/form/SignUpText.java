package io.countersign.server.form;

import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;

/** Names and the like as people type them: one line, no control characters. */
final class SignUpText {
    private SignUpText() {}

    /** The text itself; a line break or control character is refused, for it is nobody's name. */
    static String plain(String text) {
        if (text.chars().anyMatch(letter -> Character.isISOControl(letter))) {
            throw new ProblemException(Problem.INVALID_VALUE, "Line breaks and control characters are not allowed.");
        }
        return text;
    }
}
