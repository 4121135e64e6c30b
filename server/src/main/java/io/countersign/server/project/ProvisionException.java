package io.countersign.server.project;

import java.util.List;

/**
 * A file was refused and nothing was changed. Each error is one line: {@code file:line: path.to.key: what}.
 */
public final class ProvisionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> errors;

    ProvisionException(List<String> errors) {
        super(String.join("\n", errors));
        this.errors = List.copyOf(errors);
    }

    public List<String> errors() {
        return errors;
    }
}
