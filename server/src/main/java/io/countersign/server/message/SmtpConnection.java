package io.countersign.server.message;

import io.countersign.server.message.SmtpVerdict.Step;
import io.countersign.server.message.SmtpWire.Answer;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One open connection, used by one thread at a time. */
final class SmtpConnection {
    private static final int GO_ON = 354;
    private static final int GOING_DOWN = 421;

    private final SmtpWire wire;
    private final SmtpGreeting.Offers offers;
    private final Socket socket;
    private int mails;
    private boolean usable = true;
    private boolean begun;
    private long idleSince = System.nanoTime();

    SmtpConnection(SmtpWire wire, SmtpGreeting.Offers offers, Socket socket) {
        this.wire = wire;
        this.offers = offers;
        this.socket = socket;
    }

    /** How one mail went; {@code begun}: the server may have it although its answer is not known. */
    record Sent(HandOver outcome, boolean begun) {
    }

    /**
     * Hands one mail over: its envelope in one piece where the server lets commands be sent ahead (RFC 2920), then its
     * bytes.
     */
    Sent send(OutgoingEmail email, byte[] bytes) {
        mails++;
        begun = false;
        usable = false;
        try {
            HandOver outcome = handOver(commands(email), bytes);
            return new Sent(outcome, begun);
        } catch (IOException | RuntimeException e) {
            usable = false;
            return new Sent(new HandOver.Deferred(
                    ProviderReply.none("connection failed: " + SmtpConnectException.reasons(e)),
                    HandOver.Concern.PROVIDER), begun);
        }
    }

    private static List<String> commands(OutgoingEmail email) {
        return List.of("MAIL FROM:<" + email.returnPath() + ">" + (email.needsSmtpUtf8() ? " SMTPUTF8" : ""),
                "RCPT TO:<" + email.to().wireAddress() + ">", "DATA");
    }

    private HandOver handOver(List<String> commands, byte[] bytes) throws IOException {
        List<Answer> answers = offers.has("PIPELINING") ? ahead(commands) : oneByOne(commands);
        Optional<HandOver> refused = refusal(answers);
        if (refused.isPresent()) {
            giveUp(answers);
            return refused.get();
        }
        begun = true;
        wire.sendMessage(bytes);
        Answer answer = wire.answer();
        usable = answer.code() != GOING_DOWN && (answer.isPositive() || isRefusal(answer));
        return answer.isPositive() ? new HandOver.Accepted(answer.reply())
                : SmtpVerdict.of(Step.DATA, answer.reply());
    }

    /** The answers come in the order of the commands; one that goes down answers no further. */
    private List<Answer> ahead(List<String> commands) throws IOException {
        wire.send(String.join("\r\n", commands));
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < commands.size() && !isLast(answers); i++) {
            answers.add(wire.answer());
        }
        return answers;
    }

    private static boolean isLast(List<Answer> answers) {
        return !answers.isEmpty() && answers.getLast().code() == GOING_DOWN;
    }

    private List<Answer> oneByOne(List<String> commands) throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < commands.size() && refusal(answers).isEmpty(); i++) {
            answers.add(wire.ask(commands.get(i)));
        }
        return answers;
    }

    /** The first command that was refused says why: the others only follow from it. */
    private static Optional<HandOver> refusal(List<Answer> answers) {
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i);
            Step step = Step.values()[i];
            if (step == Step.DATA ? answer.code() != GO_ON : !answer.isPositive()) {
                return Optional.of(SmtpVerdict.of(step, answer.reply()));
            }
        }
        return Optional.empty();
    }

    /**
     * Makes ready for the next mail, which changes nothing of this one's verdict. A server that wants the message of a
     * refused recipient gets an empty one, as RFC 2920 asks: it has nobody to give it to.
     */
    private void giveUp(List<Answer> answers) {
        usable = !isLast(answers) && areInStep(answers) && reset(answers.size() == Step.values().length
                && answers.getLast().code() == GO_ON);
    }

    /** Whether each answer can be one to its command; and a message is wanted for nobody only. */
    private static boolean areInStep(List<Answer> answers) {
        for (int i = 0; i < answers.size(); i++) {
            boolean fits = Step.values()[i] == Step.DATA ? answers.get(i).code() == GO_ON : answers.get(i).isPositive();
            if (!fits && !isRefusal(answers.get(i))) {
                return false;
            }
        }
        return answers.getLast().code() != GO_ON || isRefusal(answers.get(Step.RCPT.ordinal()));
    }

    private static boolean isRefusal(Answer answer) {
        return answer.code() >= 400 && answer.code() <= 599;
    }

    private boolean reset(boolean wantsMessage) {
        try {
            if (wantsMessage) {
                wire.ask(".");
            }
            return wire.ask("RSET").isPositive();
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks the server whether it is still there; if not, the connection is of no use any more. */
    boolean answers() {
        try {
            usable = wire.ask("NOOP").isPositive();
        } catch (IOException e) {
            usable = false;
        }
        return usable;
    }

    Socket socket() {
        return socket;
    }

    boolean offersUtf8() {
        return offers.has("SMTPUTF8");
    }

    boolean isUsable() {
        return usable;
    }

    int mails() {
        return mails;
    }

    long idleSince() {
        return idleSince;
    }

    void idleFrom(long nanos) {
        idleSince = nanos;
    }

    /** Says QUIT if it can, without waiting for the answer; never fails. */
    void close() {
        try {
            if (usable) {
                wire.send("QUIT");
            }
        } catch (IOException e) {
            // The server notices by itself.
        }
        SmtpWatchdog.abort(socket);
    }
}
