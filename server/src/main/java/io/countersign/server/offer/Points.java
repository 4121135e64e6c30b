package io.countersign.server.offer;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** A balance of loyalty points; without an end they do not expire. */
public record Points(BigDecimal balance, Optional<Instant> expiresAt) {}
