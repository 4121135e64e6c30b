package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.project.SetupFixture;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProvidersTest {
    private final SetupFixture node = new SetupFixture();
    private final Catcher mails = new Catcher(node.database, InstantSource.system());
    private final SmsCatcher texts = new SmsCatcher(node.database, InstantSource.system());
    private final Providers providers =
            new Providers(node.catalogs, node.secrets,
                    new Providers.Catchers(mails, texts, SmsInbox.NONE), "localhost");

    @AfterEach
    void close() {
        providers.close();
        node.close();
    }

    @Test
    void withoutASetUpTheCatchersTakeEverything() {
        assertThat(providers.email()).isSameAs(mails);
        assertThat(providers.sms()).isSameAs(texts);
    }

    @Test
    void theProviderIsThatOfTheSetUpAndBuiltAnewOnlyWhenTheSetUpChanges() {
        node.provision("providers: { sms: { kind: http, url: \"http://localhost:1\", account: a, token: t } }");
        SmsProvider gateway = providers.sms();
        assertThat(gateway).isInstanceOf(SmsGateway.class);
        assertThat(providers.sms()).isSameAs(gateway);
        assertThat(providers.email()).isSameAs(mails);
        node.provision("""
                providers:
                  email: { kind: smtp, host: localhost, tls: tls }
                  sms: { kind: smpp, host: localhost, system_id: a, password: b, tls: tls, system_type: c,
                         source_ton: 5, source_npi: 0, window: 2 }""");
        assertThat(providers.sms()).isInstanceOf(SmppProvider.class);
        assertThat(providers.email()).isInstanceOf(SmtpProvider.class);
        node.provision("providers: { sms: { kind: catcher } }");
        assertThat(providers.sms()).isSameAs(texts);
    }

    @Test
    void aProviderThatWasReplacedTakesNothingMore() {
        node.provision("providers: { sms: { kind: http, url: \"http://localhost:1\", account: a, token: t } }");
        SmsProvider old = providers.sms();
        node.provision("providers: { sms: { kind: catcher } }");
        assertThat(providers.sms()).isSameAs(texts);
        assertThat(old.handOver(SmsSamples.sms("x"))).isInstanceOfSatisfying(HandOver.Deferred.class,
                deferred -> assertThat(deferred.reply().text()).isEqualTo("provider is closed"));
    }
}
