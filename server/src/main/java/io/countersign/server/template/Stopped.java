package io.countersign.server.template;

import freemarker.template.TemplateModelException;

/** Filling ends here, for a reason that the author of the text is told. */
final class Stopped extends TemplateModelException {
    private static final long serialVersionUID = 1;
    static final String NO_VALUE = "there is no value for this recipient; write what to say then, as in "
            + "${Recipient.FirstName!\"friend\"}, or test it with ??";
    private final FaultCode code;
    /** As it was given: the message of FreeMarker's exceptions grows by where FreeMarker was. */
    private final String words;

    Stopped(FaultCode code, String words) {
        super(words);
        this.code = code;
        this.words = words;
    }

    String words() {
        return words;
    }

    FaultCode code() {
        return code;
    }
}
