package io.countersign.server.template;

/** A text that was compiled: checked, and quick to fill. Safe for many threads. */
public interface Template {
    /** What must be known to fill it. */
    Needs needs();

    /**
     * The text for one recipient.
     *
     * @throws InvalidTemplate when a value that it names is missing, or a limit is passed; never a text half filled
     */
    Filled fill(Filling filling);
}
