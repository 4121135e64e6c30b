package io.countersign.server.message;

import io.countersign.server.message.HandOver.Concern;
import io.countersign.server.message.HandOver.Deferred;
import io.countersign.server.message.HandOver.Refused;

/**
 * What a negative answer means for the message, by the step it was given at and by its codes (RFC 5321, 3463,
 * 4954).
 */
final class SmtpVerdict {
    private SmtpVerdict() {
    }

    enum Step { MAIL, RCPT, DATA }

    static HandOver of(Step step, ProviderReply reply) {
        if (reply.code() == 421 || !SmtpReply.isPermanent(reply) && !SmtpReply.isTransient(reply)
                || isAboutLogin(reply.code())) {
            return new Deferred(reply, Concern.PROVIDER);
        }
        var concern = concern(step, reply);
        if (SmtpReply.isTransient(reply) || concern == Concern.PROVIDER) {
            return new Deferred(reply, concern);
        }
        return new Refused(reply, concern);
    }

    /** A message that is not even offered to the server. */
    static Refused byUs(String enhancedCode, String why) {
        return new Refused(new ProviderReply(ProviderReply.NO_ANSWER, enhancedCode, why), Concern.MESSAGE);
    }

    /** Login or encryption missing or refused: a fault in the settings, which the operator can mend. */
    private static boolean isAboutLogin(int code) {
        return code == 530 || code == 534 || code == 535 || code == 538 || code == 454;
    }

    private static Concern concern(Step step, ProviderReply reply) {
        var enhanced = reply.detail();
        if (enhanced.isEmpty()) {
            return byStep(step);
        }
        var detail = enhanced.substring(2);
        return switch (detail.substring(0, detail.indexOf('.'))) {
            case "1" -> detail.equals("1.7") || detail.equals("1.8") ? Concern.SENDER : Concern.RECIPIENT;
            case "2" -> detail.equals("2.3") ? Concern.MESSAGE : Concern.RECIPIENT;
            case "3" -> detail.equals("3.4") ? Concern.MESSAGE : Concern.PROVIDER;
            case "4" -> Concern.PROVIDER;
            case "6" -> Concern.MESSAGE;
            case "7" -> step == Step.MAIL ? Concern.SENDER : Concern.MESSAGE;
            default -> byStep(step);
        };
    }

    private static Concern byStep(Step step) {
        return switch (step) {
            case MAIL -> Concern.SENDER;
            case RCPT -> Concern.RECIPIENT;
            case DATA -> Concern.MESSAGE;
        };
    }
}
