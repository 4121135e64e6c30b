package io.countersign.server.project;

/** A secret in the clear on its way through, kept out of logs and messages. */
public record Concealed(String clear) {
    @Override
    public String toString() {
        return "(concealed)";
    }
}
