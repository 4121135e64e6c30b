package io.countersign.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.AbstractRequestContext;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Uploads far larger than what they may take of memory. */
@Isolated("measures what memory is used")
class UploadTest {

    private static final long MEGABYTE = 1024 * 1024;
    private static final long SIZE = "small".equals(System.getProperty("countersign.scale", "small"))
            ? 200 * MEGABYTE : 3 * 1024 * MEGABYTE;
    /** What an upload may hold: far below the 64 KiB pieces times anything that grows with the size. */
    private static final long MEMORY = 24 * MEGABYTE;

    private final AtomicLong mostMemory = new AtomicLong();

    @Test
    void aMultipartUploadIsStreamedInConstantMemory() throws IOException {
        try (var server = server()) {
            String head = part("list", "") + "weekly\r\n" + part("file", "; filename=\"a.csv\"");
            String tail = "\r\n--sep--\r\n";
            try (Socket socket = server.connect()) {
                OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
                ascii(out, "POST /upload HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                        + "Content-Type: multipart/form-data; boundary=sep\r\nContent-Length: "
                        + (head.length() + SIZE + tail.length()) + "\r\n\r\n" + head);
                long sum = content(out);
                ascii(out, tail);
                assertThat(TestServer.readAll(socket)).startsWith("HTTP/1.1 200")
                        .contains("list=6 bytes", "file=" + SIZE + " bytes, " + sum);
            }
            assertThat(mostMemory.get()).isLessThan(MEMORY);
        }
    }

    @Test
    void oneChunkOfTheWholeUploadIsStreamedInConstantMemory() throws IOException {
        try (var server = server(); Socket socket = server.connect()) {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            ascii(out, "POST /raw HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
            ascii(out, "Transfer-Encoding: chunked\r\n\r\n" + Long.toHexString(SIZE) + "\r\n");
            long sum = content(out);
            ascii(out, "\r\n3\r\nend\r\n0\r\n\r\n");
            assertThat(TestServer.readAll(socket)).startsWith("HTTP/1.1 200").contains((SIZE + 3) + " bytes");
            assertThat(sum).isNotZero();
            assertThat(mostMemory.get()).isLessThan(MEMORY);
        }
    }

    private TestServer server() {
        return TestServer.of(List.of(
                Route.post("/upload", "key", "Takes a form with a file", this::upload)
                        .withMaxBody(SIZE + MEGABYTE),
                Route.post("/raw", "key", "Takes a file", request -> Reply.text(read(request.bodyStream())))
                        .withMaxBody(SIZE + MEGABYTE)));
    }

    private Reply upload(Request request) throws IOException {
        FileItemInputIterator items = new Multipart().getItemIterator(new Context(request));
        StringBuilder text = new StringBuilder();
        while (items.hasNext()) {
            var item = items.next();
            text.append(item.getFieldName()).append('=').append(read(item.getInputStream())).append('\n');
        }
        return Reply.text(text.toString());
    }

    private String read(InputStream in) throws IOException {
        long before = usedMemory();
        CRC32C sum = new CRC32C();
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        long nextLook = SIZE / 5;
        for (int n; (n = in.read(buffer)) >= 0; total += n) {
            sum.update(buffer, 0, n);
            if (total > nextLook) {
                nextLook += SIZE / 5;
                mostMemory.accumulateAndGet(usedMemory() - before, Math::max);
            }
        }
        return total + " bytes, " + sum.getValue();
    }

    /** What is reachable: garbage is collected first. */
    private static long usedMemory() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static String part(String name, String more) {
        return "--sep\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n";
    }

    private static long content(OutputStream out) throws IOException {
        CRC32C sum = new CRC32C();
        byte[] block = new byte[(int) MEGABYTE];
        for (long i = 0; i < SIZE / MEGABYTE; i++) {
            block[(int) (i * 7919 % block.length)]++;
            out.write(block);
            sum.update(block);
        }
        out.flush();
        return sum.getValue();
    }

    private static void ascii(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static final class Context extends AbstractRequestContext<Request> {

        private Context(Request request) {
            super(name -> request.header(name).orElse(null), () -> -1, request);
        }

        @Override
        public String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public String getContentType() {
            return getRequest().header("Content-Type").orElse("");
        }

        @Override
        public InputStream getInputStream() {
            return getRequest().bodyStream();
        }
    }

    private static final class Multipart
            extends AbstractFileUpload<Request, DiskFileItem, DiskFileItemFactory> {

        @Override
        public FileItemInputIterator getItemIterator(Request request)
                throws FileUploadException, IOException {
            return getItemIterator(new Context(request));
        }

        @Override
        public Map<String, List<DiskFileItem>> parseParameterMap(Request request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<DiskFileItem> parseRequest(Request request) {
            throw new UnsupportedOperationException();
        }
    }
}
