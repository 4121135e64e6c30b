package io.countersign.server.project;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an operation does (spec/maestra.md 6.3). */
public enum StepKind {
    REGISTER, CREATE_AND_SUBSCRIBE, IMPORT, EDIT, APPEND, REGISTER_OR_APPEND, EDIT_UNAUTHORIZED, GET, MERGE,
    CONFIRM_EMAIL, CONFIRM_MOBILE_AND_SMS, CONFIRM_MOBILE_CLIENT_SIDE, RESEND_CODE, GENERATE_AUTHORIZATION_CODE,
    CHECK_AUTHORIZATION_CODE, SEND_MESSAGE;

    /** The word for it in provisioning, in {@code /v1} and in tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<StepKind> of(String word) {
        return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /**
     * Whether an operation with this step may be made callable without a secret key, by the pages of the
     * integration's sites. A lookup is: what it shows then, it shows to the holder of a ticket only.
     */
    public boolean isPublic() {
        return switch (this) {
            case REGISTER, CREATE_AND_SUBSCRIBE, REGISTER_OR_APPEND, EDIT_UNAUTHORIZED, GET -> true;
            case IMPORT, EDIT, APPEND, MERGE, CONFIRM_EMAIL, CONFIRM_MOBILE_AND_SMS -> false;
            case CONFIRM_MOBILE_CLIENT_SIDE, RESEND_CODE, GENERATE_AUTHORIZATION_CODE -> false;
            case CHECK_AUTHORIZATION_CODE, SEND_MESSAGE -> false;
        };
    }
}
