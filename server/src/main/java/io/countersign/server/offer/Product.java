package io.countersign.server.offer;

import java.math.BigDecimal;
import java.util.Optional;

/** A product of a project's feed. */
public record Product(String id, String name, String url, Optional<String> imageUrl, Optional<BigDecimal> price,
                      Optional<String> currency) {}
