package io.countersign.server.template;

import freemarker.template.TemplateModelException;

/** Filling ends here, for a reason that the author of the text is told. */
final class Stopped extends TemplateModelException {
    private static final long serialVersionUID = 1;
    private final FaultCode code;

    Stopped(FaultCode code, String message) {
        super(message);
        this.code = code;
    }

    FaultCode code() {
        return code;
    }
}
