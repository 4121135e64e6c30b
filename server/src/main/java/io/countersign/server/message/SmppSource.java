package io.countersign.server.message;

import java.util.Optional;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;

/**
 * How senders are declared, where the SMS centre wants it otherwise than usual.
 *
 * @param ton the type of number, empty for what the sender looks like
 * @param npi the numbering plan, empty for what the sender looks like
 */
public record SmppSource(Optional<TypeOfNumber> ton, Optional<NumberingPlanIndicator> npi) {
    public static final SmppSource BY_LOOK = new SmppSource(Optional.empty(), Optional.empty());
    /** Up to this many digits without a plus are a short code, not a number in international form. */
    private static final int SHORT_CODE = 8;

    /** @throws IllegalArgumentException for a value that the protocol does not have */
    public static SmppSource of(Optional<Integer> ton, Optional<Integer> npi) {
        return new SmppSource(ton.map(value -> TypeOfNumber.valueOf(value.byteValue())),
                npi.map(value -> NumberingPlanIndicator.valueOf(value.byteValue())));
    }

    TypeOfNumber tonOf(String sender) {
        return ton.orElseGet(() -> switch (Look.of(sender)) {
            case NAME -> TypeOfNumber.ALPHANUMERIC;
            case SHORT_CODE -> TypeOfNumber.NETWORK_SPECIFIC;
            case NUMBER -> TypeOfNumber.INTERNATIONAL;
        });
    }

    NumberingPlanIndicator npiOf(String sender) {
        return npi.orElseGet(() -> switch (Look.of(sender)) {
            case NAME, SHORT_CODE -> NumberingPlanIndicator.UNKNOWN;
            case NUMBER -> NumberingPlanIndicator.ISDN;
        });
    }

    private enum Look {
        NAME, SHORT_CODE, NUMBER;

        static Look of(String sender) {
            if (!sender.matches("\\+?[0-9]+")) {
                return NAME;
            }
            return sender.length() <= SmppSource.SHORT_CODE && sender.charAt(0) != '+' ? SHORT_CODE : NUMBER;
        }
    }
}
