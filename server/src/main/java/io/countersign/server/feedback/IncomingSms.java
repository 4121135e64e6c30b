package io.countersign.server.feedback;

import java.util.Optional;

/**
 * An SMS that somebody sent to us.
 *
 * @param from the number it came from, as the gateway writes it
 * @param to   what it was sent to
 * @param id   the gateway's own id of it, which tells a repetition
 */
record IncomingSms(String from, String to, String text, Optional<String> id) {}
