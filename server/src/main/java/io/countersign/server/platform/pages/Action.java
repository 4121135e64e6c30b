package io.countersign.server.platform.pages;


/**
 * Something to press: a link, or a button of a POST form that sends {@code action=command}.
 *
 * @param command null for a link
 */
public record Action(String label, String url, String command, boolean primary) {
    public static Action link(String label, String url) {
        return new Action(label, url, null, false);
    }

    public static Action post(String label, String url, String command, boolean primary) {
        return new Action(label, url, command, primary);
    }
}
