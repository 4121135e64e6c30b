package io.countersign.server.message;

import io.countersign.server.platform.Secrets;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Provider;
import java.util.List;
import java.util.Optional;

/** The email provider that the set-up names, built anew when it names another. */
final class Providers implements AutoCloseable {
    private final Catalogs catalogs;
    private final Secrets secrets;
    private final EmailProvider catcher;
    private final String ehloName;
    private Optional<Provider> built = Optional.empty();
    private EmailProvider current;

    /**
     * @param catcher  what takes mails while no provider is named
     * @param ehloName how this server calls itself to mail servers
     */
    Providers(Catalogs catalogs, Secrets secrets, EmailProvider catcher, String ehloName) {
        this.ehloName = ehloName;
        this.catalogs = catalogs;
        this.secrets = secrets;
        this.catcher = catcher;
        this.current = catcher;
    }

    synchronized EmailProvider email() {
        Optional<Provider> wanted = catalogs.current().emailProvider();
        if (!wanted.equals(built)) {
            EmailProvider old = current;
            current = wanted.map(this::build).orElse(catcher);
            built = wanted;
            old.close();
        }
        return current;
    }

    SmsProvider sms() {
        return new NoSms();
    }

    private EmailProvider build(Provider provider) {
        return switch (provider) {
            case Provider.Catcher _ -> catcher;
            case Provider.Smtp smtp -> new SmtpProvider(settings(smtp));
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
                .withEhloName(ehloName);
    }

    @Override
    public synchronized void close() {
        current.close();
    }
}
