package io.countersign.server.message;

import io.countersign.server.message.SmtpVerdict.Step;
import io.countersign.server.message.SmtpWire.Answer;
import io.countersign.server.platform.Complaints;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One open connection, used by one thread at a time. */
final class SmtpConnection {
    private static final Complaints COMPLAINTS = new Complaints(System.getLogger(SmtpConnection.class.getName()));
    private static final int GO_ON = 354;
    private static final int GOING_DOWN = 421;

    private final SmtpWire wire;
    private final SmtpGreeting.Offers offers;
    private final Socket socket;
    private int mails;
    private boolean usable = true;
    private @Nullable SmtpJob announced; // whose envelope went with the bytes of the mail before it
    private long idleSince = System.nanoTime();

    SmtpConnection(SmtpWire wire, SmtpGreeting.Offers offers, Socket socket) {
        this.wire = wire;
        this.offers = offers;
        this.socket = socket;
    }

    /**
     * How one mail went.
     *
     * @param begun the server may have it although its answer is not known
     * @param next  the mail that is to go next, where one was asked for
     */
    record Sent(HandOver outcome, boolean begun, Optional<SmtpJob> next) {
    }

    /** What is to come behind a mail. */
    interface Following {

        /** The mail to be announced on this connection, asked once the server wants the bytes of the one before. */
        Optional<SmtpJob> behind(SmtpConnection connection);

        /** The server has the bytes, and its answer may take a while. */
        void meanwhile();
    }

    /**
     * Hands one mail over. Where the server lets commands be sent ahead (RFC 2920), its envelope goes in one piece, and
     * its bytes in one with the envelope of the mail that is to follow.
     */
    Sent send(SmtpJob mail, Following following) {
        mails++;
        usable = false;
        boolean begun = false;
        Optional<SmtpJob> next = Optional.empty();
        try {
            List<Answer> answers = envelope(mail);
            Optional<HandOver> refused = refusal(answers);
            if (refused.isPresent()) {
                giveUp(answers);
                return new Sent(refused.get(), false, next);
            }
            begun = true;
            next = isPipelining() ? following.behind(this) : next;
            wire.sendMessage(mail.bytes(), next.map(SmtpConnection::joined).orElse(""));
            following.meanwhile();
            Answer answer = wire.answer();
            usable = answer.code() != GOING_DOWN && (answer.isPositive() || isRefusal(answer));
            announced = next.filter(_ -> usable).orElse(null);
            return new Sent(answer.isPositive() ? new HandOver.Accepted(answer.reply())
                    : SmtpVerdict.of(Step.DATA, answer.reply()), true, next);
        } catch (IOException | RuntimeException | Error e) { // the mail behind it must not be lost with this one
            usable = false;
            if (e instanceof Error) {
                COMPLAINTS.tell("a mail cannot be sent", e);
            }
            return new Sent(new HandOver.Deferred(
                    ProviderReply.none("connection failed: " + SmtpConnectException.reasons(e)),
                    HandOver.Concern.PROVIDER), begun, next);
        }
    }

    private List<Answer> envelope(SmtpJob mail) throws IOException {
        boolean isAnnounced = announced == mail;
        announced = null;
        if (!isAnnounced && !isPipelining()) {
            return oneByOne(mail.commands());
        }
        if (!isAnnounced) {
            wire.send(joined(mail));
        }
        return envelopeAnswers();
    }

    private boolean isPipelining() {
        return offers.has("PIPELINING");
    }

    private static String joined(SmtpJob mail) {
        return String.join("\r\n", mail.commands());
    }

    /** The answers come in the order of the commands; one that goes down answers no further. */
    private List<Answer> envelopeAnswers() throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < Step.values().length && !isLast(answers); i++) {
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

    /** Says QUIT if it can, without waiting for the answer; never fails. Behind an envelope it would be a message. */
    void close() {
        try {
            if (usable && announced == null) {
                wire.send("QUIT");
            }
        } catch (IOException e) {
            // The server notices by itself.
        }
        SmtpWatchdog.abort(socket);
    }
}
