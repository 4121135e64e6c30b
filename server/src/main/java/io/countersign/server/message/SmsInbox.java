package io.countersign.server.message;

/** Who takes SMS that people send to an SMS centre. */
public interface SmsInbox {
    /** For where nobody wants them. */
    SmsInbox NONE = (_, _, _) -> { };

    /**
     * Takes one; when it returns, what it asks for is durable. When it fails, the centre is asked to bring it again.
     *
     * @param from the number it came from
     * @param to   what it was sent to
     */
    void take(String from, String to, String text);
}
