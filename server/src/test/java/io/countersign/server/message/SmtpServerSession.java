package io.countersign.server.message;

import io.countersign.server.message.RecordingSmtpServer.Pipelining;
import io.countersign.server.message.SmtpRule.Answer;
import io.countersign.server.message.SmtpRule.Drop;
import io.countersign.server.message.SmtpRule.Hang;
import io.countersign.server.message.SmtpRule.Slow;
import io.countersign.server.message.SmtpRule.Step;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLSocket;

/**
 * One connection of the recording server. Answers in order, so a client may send commands ahead (PIPELINING).
 */
final class SmtpServerSession {
    private static final int MAX_COMMAND = 2_048;
    private static final int MAX_MESSAGE = 40 * 1024 * 1024;

    private final RecordingSmtpServer server;
    private final int number;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private String mailFrom = "";
    private final List<String> recipients = new ArrayList<>();
    private boolean over;

    SmtpServerSession(RecordingSmtpServer server, Socket socket, int number) throws IOException {
        this.server = server;
        this.number = number;
        use(socket);
    }

    void run() throws IOException, InterruptedException {
        if (server.options().implicitTls()) {
            encrypt();
        }
        if (usual(Step.CONNECT, "")) {
            reply("220 recording.test ESMTP");
        }
        while (!over) {
            var line = readLine(MAX_COMMAND);
            if (line == null) {
                return;
            }
            command(line);
        }
    }

    private void command(String line) throws IOException, InterruptedException {
        int blank = line.indexOf(' ');
        var verb = (blank < 0 ? line : line.substring(0, blank)).toUpperCase(Locale.ROOT);
        var argument = blank < 0 ? "" : line.substring(blank + 1);
        server.record(verb.equals("AUTH") ? "AUTH" : line);
        switch (verb) {
            case "EHLO", "HELO" -> ehlo(argument);
            case "STARTTLS" -> startTls();
            case "AUTH" -> auth(argument);
            case "MAIL" -> mail(address(argument));
            case "RCPT" -> rcpt(address(argument));
            case "DATA" -> data();
            case "RSET" -> reset();
            case "NOOP" -> noop();
            case "QUIT" -> quit();
            default -> reply("502 5.5.1 not implemented");
        }
    }

    private void ehlo(String name) throws IOException, InterruptedException {
        if (!usual(Step.EHLO, name)) {
            return;
        }
        var options = server.options();
        var lines = new ArrayList<>(List.of("recording.test", "8BITMIME", "ENHANCEDSTATUSCODES"));
        if (options.pipelining() != Pipelining.NONE) {
            lines.add("PIPELINING");
        }
        if (options.tls().isPresent() && !(socket instanceof SSLSocket)) {
            lines.add("STARTTLS");
        }
        if (options.login().isPresent()) {
            lines.add("AUTH PLAIN");
        }
        if (options.utf8()) {
            lines.add("SMTPUTF8");
        }
        for (int i = 0; i < lines.size(); i++) {
            reply("250" + (i < lines.size() - 1 ? '-' : ' ') + lines.get(i));
        }
    }

    private void startTls() throws IOException, InterruptedException {
        if (usual(Step.STARTTLS, "")) {
            reply("220 2.0.0 go ahead");
            encrypt();
        }
    }

    private void auth(String argument) throws IOException, InterruptedException {
        if (!usual(Step.AUTH, "")) {
            return;
        }
        var login = server.options().login().orElse(SmtpLogin.NONE);
        var expected = "PLAIN " + Base64.getEncoder().encodeToString(
                (login.user() + '\0' + login.user() + '\0' + login.password())
                .getBytes(StandardCharsets.UTF_8));
        var anonymous = "PLAIN " + Base64.getEncoder().encodeToString(
                ('\0' + login.user() + '\0' + login.password()).getBytes(StandardCharsets.UTF_8));
        reply(argument.equals(expected) || argument.equals(anonymous)
                ? "235 2.7.0 welcome" : "535 5.7.8 credentials invalid");
    }

    private void mail(String address) throws IOException, InterruptedException {
        mailFrom = address;
        recipients.clear();
        if (usual(Step.MAIL, address)) {
            reply("250 2.1.0 ok");
        }
    }

    private void rcpt(String address) throws IOException, InterruptedException {
        if (usual(Step.RCPT, address)) {
            recipients.add(address);
            reply("250 2.1.5 ok");
        }
    }

    private void data() throws IOException, InterruptedException {
        if (recipients.isEmpty() && server.options().pipelining() != Pipelining.EAGER) {
            reply("554 5.5.1 no valid recipients");
            return;
        }
        var first = recipients.isEmpty() ? "" : recipients.getFirst();
        if (!usual(Step.DATA, first)) {
            return;
        }
        reply("354 go ahead");
        if (!usual(Step.BODY, first)) {
            return;
        }
        var bytes = readMessage();
        if (bytes != null && recipients.isEmpty()) {
            reply("554 5.5.1 no valid recipients");
        } else if (bytes != null && usual(Step.END, first)) {
            server.record(new ReceivedMail(number, mailFrom, List.copyOf(recipients), bytes));
            reply("250 2.0.0 queued");
        }
    }

    private void reset() throws IOException, InterruptedException {
        recipients.clear();
        if (usual(Step.RSET, "")) {
            reply("250 2.0.0 ok");
        }
    }

    private void noop() throws IOException, InterruptedException {
        if (usual(Step.NOOP, "")) {
            reply("250 2.0.0 ok");
        }
    }

    private void quit() throws IOException {
        over = true;
        reply("221 2.0.0 bye");
    }

    /** Whether to go on as a good server; otherwise the rule has been carried out. */
    private boolean usual(Step step, String argument) throws IOException, InterruptedException {
        var rule = server.ruleFor(step, argument);
        if (rule.isEmpty()) {
            return true;
        }
        switch (rule.get()) {
            case Answer(var line) -> reply(line);
            case Hang _ -> server.hang();
            case Drop _ -> {
                over = true;
                socket.close();
            }
            case Slow(var delay) -> {
                server.pause(delay);
                return true;
            }
        }
        return false;
    }

    private byte[] readMessage() throws IOException {
        var message = new ByteArrayOutputStream();
        while (message.size() < MAX_MESSAGE) {
            var line = readLine(MAX_MESSAGE);
            if (line == null) {
                return null;
            }
            if (line.equals(".")) {
                return message.toByteArray();
            }
            var unstuffed = line.startsWith(".") ? line.substring(1) : line;
            message.writeBytes((unstuffed + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        throw new IOException("message too large");
    }

    /** Octets as characters, so that nothing is lost. */
    private String readLine(int limit) throws IOException {
        var line = new StringBuilder(80);
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n' && !line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
                line.setLength(line.length() - 1);
                return line.toString();
            }
            if (line.length() >= limit) {
                throw new IOException("line too long");
            }
            line.append((char) c);
        }
        return null;
    }

    private void reply(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void encrypt() throws IOException {
        var factory = server.options().tls().orElseThrow().getSocketFactory();
        var encrypted = (SSLSocket) factory.createSocket(socket, null, socket.getPort(), true);
        encrypted.setUseClientMode(false);
        encrypted.startHandshake();
        use(encrypted);
    }

    private void use(Socket changed) throws IOException {
        socket = changed;
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        out = socket.getOutputStream();
    }

    /** {@code FROM:<a@b> SIZE=1} to {@code a@b}, read as UTF-8. */
    private static String address(String argument) {
        int open = argument.indexOf('<');
        int close = argument.indexOf('>', open + 1);
        var octets = open < 0 || close < 0 ? argument : argument.substring(open + 1, close);
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
