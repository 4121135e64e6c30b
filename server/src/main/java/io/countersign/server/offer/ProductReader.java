package io.countersign.server.offer;

import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Products and amounts as callers write them. */
final class ProductReader {
    static final Set<String> FIELDS = Set.of("id", "name", "url", "image_url", "price", "currency");
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_URL = 2_000;
    private static final int MOST_DIGITS = 14;
    private static final int MOST_DECIMALS = 4;

    private ProductReader() {}

    /** A product of a feed, which says its id. */
    static Product product(ObjectNode json) {
        Members body = Members.of(json, FIELDS);
        return product(body, body.required("id", LONGEST_ID));
    }

    /** A product of a path that says its id; the body may say it again. */
    static Product product(ObjectNode json, String id) {
        Members body = Members.of(json, FIELDS);
        if (body.line("id", LONGEST_ID).filter(other -> !other.equals(id)).isPresent()) {
            throw body.invalid("id", "The path names another product.");
        }
        if (id.length() > LONGEST_ID || id.isBlank() || id.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(Problem.INVALID_VALUE, "An id has 1 to " + LONGEST_ID + " characters.", "id");
        }
        return product(body, id);
    }

    private static Product product(Members body, String id) {
        String url = body.required("url", LONGEST_URL);
        requireUrl(body, "url", url);
        Optional<String> image = body.line("image_url", LONGEST_URL).filter(text -> !text.isEmpty());
        image.ifPresent(text -> requireUrl(body, "image_url", text));
        Optional<String> currency = body.line("currency", 3).filter(text -> !text.isEmpty());
        if (currency.filter(text -> !text.matches("[A-Z]{3}")).isPresent()) {
            throw body.invalid("currency", "A currency is three capital letters, as EUR.");
        }
        return new Product(id, body.required("name", LONGEST_NAME), url, image, amount(body, "price"), currency);
    }

    private static void requireUrl(Members body, String field, String text) {
        if (!isWebAddress(text)) {
            throw body.invalid(field, "An address is expected that begins with https:// or http://.");
        }
    }

    private static boolean isWebAddress(String text) {
        try {
            var uri = new URI(text);
            return uri.getHost() != null && uri.getUserInfo() == null
                    && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /** An amount that is not negative, with at most 14 digits before the point and 4 behind it. */
    static Optional<BigDecimal> amount(Members body, String field) {
        return body.value(field).filter(value -> !value.isNull()).map(value -> {
            if (!value.isNumber()) {
                throw body.invalid(field, "A number is expected.");
            }
            BigDecimal amount = value.decimalValue();
            // The scale is looked at before anything is computed: 1e999999 is a short text of a long number.
            boolean isModest = Math.abs((long) amount.scale()) <= MOST_DIGITS + MOST_DECIMALS;
            if (!isModest || amount.signum() < 0 || amount.stripTrailingZeros().scale() > MOST_DECIMALS
                    || amount.precision() - amount.scale() > MOST_DIGITS) {
                throw body.invalid(field, "A number from 0, with at most " + MOST_DIGITS
                        + " digits before the point and " + MOST_DECIMALS + " behind it, is expected.");
            }
            return amount;
        });
    }
}
