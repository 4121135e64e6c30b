package io.countersign.server.project;

import java.time.Duration;

/** How often people are written to and forms may be posted. */
public record ProjectLimits(Duration resendCooldown, int mailsPerDay, int formPostsPerMinuteAndIp) {}
