package io.countersign.server.message;

import io.countersign.server.platform.Secrets;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Provider;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** The providers that the set-up names, one per channel, each built anew when the set-up names another. */
final class Providers implements AutoCloseable {
    private final Catalogs catalogs;
    private final Secrets secrets;
    private final String ehloName;
    private final SmsInbox inbox;
    private final Chosen<EmailProvider> email;
    private final Chosen<SmsProvider> sms;

    /**
     * What takes messages while no provider is named, or the catcher.
     *
     * @param inbox who takes messages that come in
     */
    record Catchers(EmailProvider email, SmsProvider sms, SmsInbox inbox) {}

    /** @param ehloName how this server calls itself to mail servers */
    Providers(Catalogs catalogs, Secrets secrets, Catchers catchers, String ehloName) {
        this.ehloName = ehloName;
        this.inbox = catchers.inbox();
        this.catalogs = catalogs;
        this.secrets = secrets;
        this.email = new Chosen<>(catchers.email(), this::email, EmailProvider::close);
        this.sms = new Chosen<>(catchers.sms(), this::sms, SmsProvider::close);
    }

    EmailProvider email() {
        return email.as(catalogs.current().emailProvider());
    }

    SmsProvider sms() {
        return sms.as(catalogs.current().smsProvider());
    }

    /** Gives it to the provider of its channel that the set-up names now. */
    HandOver handOver(Made made) {
        return switch (made) {
            case OutgoingEmail mail -> email().handOver(mail);
            case OutgoingSms text -> sms().handOver(text);
            case HandOver.Withheld withheld -> withheld;
        };
    }

    /** Empty for the catcher. */
    private Optional<EmailProvider> email(Provider provider) {
        return switch (provider) {
            case Provider.Smtp smtp -> Optional.of(new SmtpProvider(settings(smtp)));
            case Provider.Catcher _, Provider.Gateway _, Provider.Smpp _ -> Optional.empty();
        };
    }

    /** Empty for the catcher. */
    private Optional<SmsProvider> sms(Provider provider) {
        return switch (provider) {
            case Provider.Gateway gateway -> Optional.of(new SmsGateway(settings(gateway)));
            case Provider.Smpp smpp -> Optional.of(new SmppProvider(settings(smpp), inbox));
            case Provider.Catcher _, Provider.Smtp _ -> Optional.empty();
        };
    }

    private SmtpSettings settings(Provider.Smtp smtp) {
        var mode = switch (smtp.tls()) {
            case NONE -> SmtpTls.Mode.NONE;
            case STARTTLS -> SmtpTls.Mode.STARTTLS;
            case TLS -> SmtpTls.Mode.TLS;
        };
        var login = smtp.login().map(known -> new SmtpLogin(known.user(), known.password(secrets)))
                .orElse(SmtpLogin.NONE);
        return SmtpSettings.plain(smtp.host(), smtp.port()).withTls(new SmtpTls(mode, List.of())).withLogin(login)
                .withEhloName(ehloName).withLimits(limits(smtp.limits()));
    }

    private static SmtpLimits limits(Provider.SmtpUse use) {
        var usual = SmtpLimits.DEFAULT;
        return new SmtpLimits(use.connections().orElse(usual.connections()), usual.mailsPerConnection(), usual.idle(),
                usual.messageBytes());
    }

    private SmsGatewaySettings settings(Provider.Gateway gateway) {
        return new SmsGatewaySettings(URI.create(gateway.url()), gateway.login().user(),
                gateway.login().password(secrets), gateway.from(), SmsGatewaySettings.DEFAULT_CONNECTIONS,
                SmsGatewaySettings.DEFAULT_HAND_OVER);
    }

    private SmppSettings settings(Provider.Smpp smpp) {
        var options = smpp.options();
        Optional<SSLContext> tls = smpp.tls() ? Optional.of(TrustedCertificates.context(List.of())) : Optional.empty();
        return new SmppSettings(smpp.host(), smpp.port(), tls, new SmppLogin(smpp.login().user(),
                smpp.login().password(secrets), options.systemType()),
                SmppSource.of(options.sourceTon(), options.sourceNpi()),
                options.window().orElse(SmppSettings.DEFAULT_WINDOW), SmppTimeouts.DEFAULT);
    }

    @Override
    public void close() {
        email.close();
        sms.close();
    }

    /** One channel's provider: the one that is wanted, or the catcher. */
    private static final class Chosen<P> {
        private final P catcher;
        private final Function<Provider, Optional<P>> build;
        private final Consumer<P> end;
        private Optional<Provider> built = Optional.empty();
        private P current;

        Chosen(P catcher, Function<Provider, Optional<P>> build, Consumer<P> end) {
            this.catcher = catcher;
            this.build = build;
            this.end = end;
            this.current = catcher;
        }

        synchronized P as(Optional<Provider> wanted) {
            if (!wanted.equals(built)) {
                P old = current;
                current = wanted.flatMap(build).orElse(catcher);
                built = wanted;
                end.accept(old);
            }
            return current;
        }

        synchronized void close() {
            end.accept(current);
        }
    }
}
