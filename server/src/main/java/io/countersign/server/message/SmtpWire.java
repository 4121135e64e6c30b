package io.countersign.server.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Commands to a mail server and its answers, as they stand on the line (RFC 5321). The server is not trusted. */
final class SmtpWire {
    private static final int LONGEST_LINE = 4_096;
    private static final int MOST_LINES = 200;
    private static final byte[] END = {'.', '\r', '\n'};
    private static final byte[] NOTHING = {};

    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[4_096];
    private int read;
    private int filled;

    SmtpWire(Socket socket) throws IOException {
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /**
     * An answer.
     *
     * @param lines what stands behind the code in each
     */
    record Answer(int code, List<String> lines) {
        ProviderReply reply() {
            return SmtpReply.of(code, String.join(" ", lines));
        }

        boolean isPositive() {
            return code >= 200 && code <= 299;
        }
    }

    Answer ask(String command) throws IOException {
        send(command);
        return answer();
    }

    /** Sends commands, which end their lines as all do but the last, in one piece. */
    void send(String commands) throws IOException {
        out.write(line(commands));
        out.flush();
    }

    /**
     * Sends a message of whole lines, with the dots that the protocol adds and its end, and commands that need not wait
     * for its answer, if there are any; all in one piece.
     */
    void sendMessage(byte[] message, String commands) throws IOException {
        out.write(dotted(message, commands.isEmpty() ? NOTHING : line(commands)));
        out.flush();
    }

    private static byte[] line(String text) {
        return (text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] dotted(byte[] message, byte[] after) {
        int dots = 0;
        for (int i = 0; i < message.length; i++) {
            dots += isLeadingDot(message, i) ? 1 : 0;
        }
        var dotted = new byte[message.length + dots + END.length + after.length];
        int size = 0;
        int from = 0;
        for (int i = 0; dots > 0 && i < message.length; i++) {
            if (isLeadingDot(message, i)) {
                System.arraycopy(message, from, dotted, size, i - from);
                size += i - from;
                dotted[size++] = '.';
                from = i;
            }
        }
        System.arraycopy(message, from, dotted, size, message.length - from);
        System.arraycopy(END, 0, dotted, message.length + dots, END.length);
        System.arraycopy(after, 0, dotted, dotted.length - after.length, after.length);
        return dotted;
    }

    private static boolean isLeadingDot(byte[] message, int i) {
        return message[i] == '.' && (i == 0 || message[i - 1] == '\n');
    }

    /** The next answer; fails for what is none, and for one without an end. */
    Answer answer() throws IOException {
        var lines = new ArrayList<String>();
        while (lines.size() < MOST_LINES) {
            String line = line();
            int code = code(line);
            lines.add(line.length() > 4 ? line.substring(4) : "");
            if (line.length() == 3 || line.charAt(3) != '-') {
                return new Answer(code, List.copyOf(lines));
            }
        }
        throw new IOException("the server's answer has more than " + MOST_LINES + " lines");
    }

    private static int code(String line) throws IOException {
        boolean wellFormed = line.length() >= 3 && line.chars().limit(3).allMatch(c -> c >= '0' && c <= '9')
                && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
        if (!wellFormed) {
            throw new IOException("what the server answers is not SMTP");
        }
        return Integer.parseInt(line.substring(0, 3));
    }

    private String line() throws IOException {
        var line = new StringBuilder(80);
        for (int next = octet(); next != '\n'; next = octet()) {
            if (line.length() >= LONGEST_LINE) {
                throw new IOException("the server's answer has a line without an end");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** From a buffer of its own: the one of the JDK takes a lock for each octet. */
    private int octet() throws IOException {
        if (read == filled) {
            filled = in.read(buffer);
            read = 0;
            if (filled <= 0) {
                filled = 0;
                throw new IOException("connection was closed by the server");
            }
        }
        return buffer[read++] & 0xff;
    }
}
