package io.countersign.server.operation;

import io.countersign.domain.subscription.Channel;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The dialect's names of channels: points of contact. */
final class Channels {
    static final String NAMES = Stream.of(Channel.values()).map(Channels::show).collect(Collectors.joining(", "));

    private Channels() {}

    static String show(Channel channel) {
        return switch (channel) {
            case EMAIL -> "Email";
            case SMS -> "SMS";
            case VIBER -> "Viber";
            case MOBILE_PUSH -> "MobilePush";
            case WEB_PUSH -> "WebPush";
        };
    }

    static Optional<Channel> parse(String text) {
        return Stream.of(Channel.values()).filter(channel -> show(channel).equalsIgnoreCase(text)).findFirst();
    }
}
