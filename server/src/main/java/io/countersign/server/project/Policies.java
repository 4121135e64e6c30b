package io.countersign.server.project;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.BrandPolicy;
import io.countersign.domain.project.CodeLimits;
import io.countersign.domain.project.CodeLimits.Cap;
import io.countersign.domain.project.Limits;
import io.countersign.domain.project.Policy;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.subscription.Channel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Set;
import java.util.stream.Collectors;

/** What a project's set-up means to the rules. */
public final class Policies {
    private Policies() {}

    /** The policy of a project of this catalog. */
    public static Policy of(Catalog catalog, ProjectId id) {
        Project project = catalog.project(id).orElseThrow();
        var brands = new HashMap<BrandId, BrandPolicy>();
        catalog.brands(id).forEach(brand -> brands.put(brand.id(), new BrandPolicy(optIn(brand),
                catalog.topics(id, brand.id()).stream().map(Topic::id).collect(Collectors.toSet()),
                brand.requireVerifiedContact())));
        var limits = new Limits(project.limits().resendCooldown(), project.limits().mailsPerDay(),
                Limits.DEFAULT.linkLife());
        return new Policy(verified(catalog, id), project.keepExplicitSubscribed(), brands, limits,
                codes(project.limits().codes()));
    }

    private static CodeLimits codes(ProjectLimits.Codes caps) {
        CodeLimits standard = CodeLimits.DEFAULT;
        var failures = new CodeLimits.Failures(daily(caps.failuresPerDayAndContact()),
                daily(caps.failuresPerDayAndIp()));
        var sms = new CodeLimits.Sms(daily(caps.smsPerDayAndNumber()), hourly(caps.smsPerHourAndPrefix()),
                hourly(caps.smsPerHourAndIp()));
        return new CodeLimits(standard.digits(), standard.life(), standard.delays(), failures, sms);
    }

    private static Cap daily(int most) {
        return new Cap(most, Duration.ofDays(1));
    }

    private static Cap hourly(int most) {
        return new Cap(most, Duration.ofHours(1));
    }

    private static Set<Channel> optIn(Brand brand) {
        var channels = EnumSet.noneOf(Channel.class);
        if (brand.doubleOptIn().email()) {
            channels.add(Channel.EMAIL);
        }
        if (brand.doubleOptIn().sms()) {
            channels.add(Channel.SMS);
        }
        return channels;
    }

    private static Set<ContactType> verified(Catalog catalog, ProjectId id) {
        var types = EnumSet.noneOf(ContactType.class);
        for (Integration integration : catalog.integrations(id)) {
            if (integration.active() && integration.verify().email()) {
                types.add(ContactType.EMAIL);
            }
            if (integration.active() && integration.verify().mobile()) {
                types.add(ContactType.MOBILE);
            }
        }
        return types;
    }
}
