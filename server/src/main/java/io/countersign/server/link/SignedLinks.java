package io.countersign.server.link;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.Secrets;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes and reads the texts of signed links: the project, then kind, message, number and a keyed hash of it all and of
 * what else the link must not be changed in, such as the address that a click leads to. Nobody can make one, or lead
 * one of ours elsewhere, without the server's key.
 */
public final class SignedLinks {
    private static final int SEAL_BYTES = 16;
    private static final int BODY_BYTES = 1 + 16 + 2;
    /** Shorter in an address, which has 64 characters in all; still nobody tries 2^95 mails. */
    private static final int ADDRESS_SEAL_BYTES = 12;
    private static final int ADDRESS_BYTES = Integer.BYTES + BODY_BYTES + ADDRESS_SEAL_BYTES;
    private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,6})\\.([A-Za-z0-9_-]{47})");
    private static final Map<Integer, LinkKind> KINDS = Stream.of(LinkKind.values())
            .collect(Collectors.toUnmodifiableMap(LinkKind::number, Function.identity()));

    private final Secrets secrets;

    public SignedLinks(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Whether it looks like the text of a link, whoever made it; other tickets have no dot. */
    public static boolean isText(String text) {
        return FORM.matcher(text).matches();
    }

    /** The text of a link that carries nothing else. */
    public String text(MessageLink link) {
        return text(link, "");
    }

    /** The text of a link which is good only together with {@code bound}. */
    public String text(MessageLink link, String bound) {
        ByteBuffer body = ByteBuffer.allocate(BODY_BYTES + SEAL_BYTES).put(body(link));
        body.put(seal(link.project(), body.array(), bound));
        return Integer.toString(link.project().value(), Character.MAX_RADIX) + '.'
                + Base64.getUrlEncoder().withoutPadding().encodeToString(body.array());
    }

    /** What a text carries; empty for one that was not made here. */
    public Optional<MessageLink> read(String text) {
        return read(text, "");
    }

    /** What a text carries; empty for one that was not made here together with {@code bound}. */
    public Optional<MessageLink> read(String text, String bound) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long project = Long.parseLong(parts.group(1), Character.MAX_RADIX);
        return project > Integer.MAX_VALUE ? Optional.empty()
                : read(new ProjectId((int) project), Base64.getUrlDecoder().decode(parts.group(2)), bound);
    }

    /**
     * A link as the local part of a mail address: at most 62 small letters and digits, read back whatever became of
     * their case.
     */
    public String address(MessageLink link) {
        byte[] body = body(link);
        return AddressText.of(ByteBuffer.allocate(ADDRESS_BYTES).putInt(link.project().value()).put(body)
                .put(addressSeal(link.project(), body)).array());
    }

    /** What a local part carries; empty for one that was not made here. */
    public Optional<MessageLink> readAddress(String localPart) {
        return AddressText.read(localPart, ADDRESS_BYTES).map(ByteBuffer::wrap).flatMap(bytes -> {
            int project = bytes.getInt();
            var body = new byte[BODY_BYTES];
            var given = new byte[ADDRESS_SEAL_BYTES];
            bytes.get(body).get(given);
            var owner = new ProjectId(project);
            return MessageDigest.isEqual(given, addressSeal(owner, body)) ? link(owner, body) : Optional.empty();
        });
    }

    private Optional<MessageLink> read(ProjectId project, byte[] bytes, String bound) {
        byte[] given = Arrays.copyOfRange(bytes, BODY_BYTES, BODY_BYTES + SEAL_BYTES);
        return MessageDigest.isEqual(given, seal(project, bytes, bound)) ? link(project, bytes) : Optional.empty();
    }

    private static byte[] body(MessageLink link) {
        return ByteBuffer.allocate(BODY_BYTES).put((byte) link.kind().number())
                .putLong(link.message().getMostSignificantBits()).putLong(link.message().getLeastSignificantBits())
                .putShort((short) link.number()).array();
    }

    private static Optional<MessageLink> link(ProjectId project, byte[] bytes) {
        ByteBuffer body = ByteBuffer.wrap(bytes);
        LinkKind kind = KINDS.get((int) body.get());
        var message = new UUID(body.getLong(), body.getLong());
        return Optional.ofNullable(kind)
                .map(known -> new MessageLink(project, known, message, Short.toUnsignedInt(body.getShort())));
    }

    private byte[] addressSeal(ProjectId project, byte[] body) {
        return Arrays.copyOf(secrets.hash("link-address", project.value() + ":"
                + Base64.getEncoder().encodeToString(body)), ADDRESS_SEAL_BYTES);
    }

    private byte[] seal(ProjectId project, byte[] bytes, String bound) {
        String signed = project.value() + ":"
                + Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, BODY_BYTES)) + ":" + bound;
        return Arrays.copyOf(secrets.hash("link", signed), SEAL_BYTES);
    }
}
