package io.countersign.server.project;

import java.time.Duration;

/** How often people are written to, forms may be posted, and codes may be tried and sent. */
public record ProjectLimits(Duration resendCooldown, int mailsPerDay, int formPostsPerMinuteAndIp, Codes codes) {
    /**
     * The caps of running counts.
     *
     * @param smsPerHourAndPrefix numbers that differ in their last four digits only count together
     */
    public record Codes(int failuresPerDayAndContact, int failuresPerDayAndIp, int smsPerDayAndNumber,
                        int smsPerHourAndPrefix, int smsPerHourAndIp) {}
}
