package io.countersign.server.platform.pages;

import java.util.List;

/** A page that says one thing: a mark, a heading, a few sentences, and what may be done next. */
public record Notice(Tone tone, String heading, List<Line> lines, List<Action> actions) {
    /** The mark beside the heading. */
    public enum Tone { DONE, MAIL, WAIT, STOPPED, BROKEN }

    public Notice {
        lines = List.copyOf(lines);
        actions = List.copyOf(actions);
    }
}
