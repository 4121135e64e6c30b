package io.countersign.server.platform.http;

import io.countersign.server.platform.http.GuardedConnections.Guarded;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Between the toolkit's requests and answers and our own. */
final class Edge {

    private static final System.Logger LOG = System.getLogger(Edge.class.getName());
    /** What is counted when the client went away before it was answered; never sent. */
    private static final int CLIENT_GONE = 499;
    private static final int SMALL_REST = 16 * 1024;

    private final Dispatcher dispatcher;
    private final RequestObserver observer;
    private final BooleanSupplier closing;

    Edge(Dispatcher dispatcher, RequestObserver observer, BooleanSupplier closing) {
        this.dispatcher = dispatcher;
        this.observer = observer;
        this.closing = closing;
    }

    void handle(ServerRequest in, ServerResponse out) {
        long start = System.nanoTime();
        Guarded connection = Guarded.CURRENT.get();
        connection.wire().bodyBegins();
        connection.reader().bodyBegins(in.headers().contains(HeaderNames.TRANSFER_ENCODING));
        Route route = Route.UNKNOWN;
        int status = CLIENT_GONE;
        try {
            Dispatcher.Answer answer = dispatcher.answer(head(in), peer(in.remotePeer()), body(in));
            route = answer.route();
            boolean last = send(answer, in, out);
            status = answer.reply().status();
            if (last) {
                // Left to itself the toolkit announces the end and then waits for the client to close.
                throw new CloseConnectionException("The last request of this connection is answered");
            }
        } catch (ClientGoneException e) {
            throw new CloseConnectionException("The client is gone", e);
        } finally {
            observer.done(route, status, System.nanoTime() - start);
        }
        connection.reader().requestEnds();
        connection.wire().requestEnds();
    }

    private static RequestHead head(ServerRequest in) {
        return new RequestHead(in.prologue().method().text(), in.prologue().uriPath().rawPath(),
                in.prologue().query().rawValue(),
                name -> in.headers().all(HeaderNames.create(name), List::of));
    }

    private static ClientAddress peer(PeerInfo peer) {
        return new ClientAddress(((InetSocketAddress) peer.address()).getAddress());
    }

    private static InputStream body(ServerRequest in) {
        // Asking the toolkit for the stream tells a client that expects it to continue, so it waits for a
        // reader.
        return in.content().hasEntity() ? new LazyStream(in.content()::inputStream)
                : InputStream.nullInputStream();
    }

    /** Sends the answer; whether the connection ends with it. */
    private boolean send(Dispatcher.Answer answer, ServerRequest in, ServerResponse out)
            throws ClientGoneException {
        boolean unread = in.content().hasEntity() && !readToEnd(in, answer.reply().status());
        boolean last = unread || closing.getAsBoolean()
                || in.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
        if (last) {
            out.headers().set(HeaderValues.CONNECTION_CLOSE);
        }
        Reply reply = answer.reply();
        out.status(Status.create(reply.status()));
        reply.contentType().ifPresent(type -> out.headers().set(HeaderNames.CONTENT_TYPE, type));
        reply.headers().forEach(header -> out.headers()
                .add(HeaderValues.create(HeaderNames.create(header.name()), header.value())));
        if (in.prologue().method().text().equals("HEAD")) {
            sendHead(reply, out);
        } else if (reply.stream().isPresent()) {
            sendStream(answer.route(), reply.stream().get(), out);
        } else {
            sendBytes(reply.body(), out);
        }
        if (unread && !isWaiting(in)) {
            Guarded.CURRENT.get().wire().linger();
        }
        return last;
    }

    /**
     * Whether the body was read to its end, or can be with little effort: the line end after the last part of
     * a form, or the end of a body of which the handler knew the length. A larger rest is not worth reading,
     * nor is that of a refused request: then the connection is closed.
     */
    private static boolean readToEnd(ServerRequest in, int status) {
        if (in.content().consumed() || status >= 400 || isWaiting(in)) {
            return in.content().consumed();
        }
        try {
            return in.content().inputStream().readNBytes(SMALL_REST).length < SMALL_REST;
        } catch (IOException | RuntimeException _) {
            return false;
        }
    }

    /** Whether the client has not sent its body, and waits to be told to. */
    private static boolean isWaiting(ServerRequest in) {
        return in.headers().contains(HeaderNames.EXPECT) && !in.continueSent();
    }

    private static void sendHead(Reply reply, ServerResponse out) throws ClientGoneException {
        if (reply.contentType().isPresent() && reply.stream().isEmpty()) {
            out.headers().contentLength(reply.body().length);
        }
        sendBytes(new byte[0], out);
    }

    private static void sendBytes(byte[] bytes, ServerResponse out) throws ClientGoneException {
        try {
            out.send(bytes);
        } catch (RuntimeException e) {
            throw new ClientGoneException(e);
        }
    }

    private void sendStream(Route route, StreamWriter writer, ServerResponse out) throws ClientGoneException {
        OutputStream stream = out.outputStream();
        try {
            ReplyStream reply = new ReplyStream(stream, closing);
            writer.write(reply);
            reply.flush();
            stream.close();
        } catch (ClientGoneException e) {
            throw e;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            // The status is sent already: all that is left is to end the answer in a way that is seen as
            // broken.
            LOG.log(Level.ERROR, "The answer of " + route.method() + " " + route.path() + " broke off", e);
            throw new CloseConnectionException("The answer broke off", e);
        }
    }
}
