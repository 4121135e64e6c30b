package io.countersign.server.platform.pages;


/**
 * What an error page tells.
 *
 * @param reference number of the fault in the log, for people who write to us; null for none
 * @param retry when to try again (429, 503); null when not known
 */
public record ErrorView(int status, String reference, Wait retry) {
    public static ErrorView of(int status) {
        return new ErrorView(status, null, null);
    }
}
