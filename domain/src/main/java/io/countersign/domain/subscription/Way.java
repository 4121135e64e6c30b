package io.countersign.domain.subscription;

/** The ways by which a subscription changes: the rows of table 3.1 of {@code spec/maestra.md}. */
public enum Way {
    REGISTER, CREATE_AND_SUBSCRIBE, IMPORT_OPERATION, EDIT, APPEND, REGISTER_OR_APPEND,
    FILE_IMPORT, FILE_EDIT, FLOW, POLL, PREFERENCE_PAGE, MANUAL,
    TICKET, CONFIRMATION_LINK, UNSUBSCRIBE_LINK, MAIL_CLIENT, COMPLAINT, FILE_CAMPAIGN,
    SMS_CODE, SMS_REPLY, FORM, LOOPS_API, CLIENT_API;

    /**
     * Whether a change at a node takes away the explicit values below it (TR4, TR7, TR11), or leaves them (TR5, TR6;
     * forms and the dialects' views never wipe).
     */
    public boolean wipesBelow() {
        return switch (this) {
            case REGISTER, CREATE_AND_SUBSCRIBE, IMPORT_OPERATION, EDIT, APPEND, REGISTER_OR_APPEND -> true;
            case UNSUBSCRIBE_LINK, MAIL_CLIENT, COMPLAINT, PREFERENCE_PAGE, SMS_REPLY -> true;
            case FILE_IMPORT, FILE_EDIT, FLOW, POLL, MANUAL, TICKET, CONFIRMATION_LINK, FILE_CAMPAIGN -> false;
            case SMS_CODE, FORM, LOOPS_API, CLIENT_API -> false;
        };
    }

    /** Operations, which honour the exception of TR4: an explicitly subscribed channel stays as it is. */
    boolean isSubscribingOperation() {
        return switch (this) {
            case REGISTER, CREATE_AND_SUBSCRIBE, IMPORT_OPERATION, EDIT, APPEND, REGISTER_OR_APPEND -> true;
            case FILE_IMPORT, FILE_EDIT, FLOW, POLL, PREFERENCE_PAGE, MANUAL, TICKET, CONFIRMATION_LINK -> false;
            case UNSUBSCRIBE_LINK, MAIL_CLIENT, COMPLAINT, FILE_CAMPAIGN, SMS_CODE, SMS_REPLY -> false;
            case FORM, LOOPS_API, CLIENT_API -> false;
        };
    }
}
