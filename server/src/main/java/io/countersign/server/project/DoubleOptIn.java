package io.countersign.server.project;

import io.countersign.domain.subscription.Channel;

/** On which channels of a brand a subscription must be confirmed. */
public record DoubleOptIn(boolean email, boolean sms) {
    public boolean isOn(Channel channel) {
        return switch (channel) {
            case EMAIL -> email;
            case SMS -> sms;
            case VIBER, MOBILE_PUSH, WEB_PUSH -> false;
        };
    }
}
