package io.countersign.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.access.Access;
import io.countersign.server.access.Authentication.Granted;
import io.countersign.server.project.Demonstration.Account;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DemonstrationTest {
    private final SetupFixture node = new SetupFixture();
    private final Demonstration demonstration =
            new Demonstration(node.provisioning, node.catalogs, node.secrets);

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void anEmptyServerGetsOneThatWorks() {
        Account account = demonstration.provision().orElseThrow();
        Catalog catalog = node.catalogs.current();
        Form form = catalog.form(account.form()).orElseThrow();
        assertThat(form.asksConfirmation(catalog.brand(form.project(), form.brand()).orElseThrow())).isTrue();
        assertThat(catalog.emailProvider()).contains(new Provider.Catcher());
        var access = new Access(node.database, node.secrets, node.catalogs, node.clock);
        assertThat(access.authenticate(Optional.of("Bearer " + account.key().clear())))
                .isInstanceOf(Granted.class);
        assertThat(access.authenticate(Optional.of("Bearer " + account.token().clear())))
                .isInstanceOf(Granted.class);
        assertThat(account.toString()).doesNotContain(account.key().clear(), account.password().clear());
        assertThat(demonstration.provision()).isEmpty();
    }

    @Test
    void aServerInUseIsLeftAlone() {
        node.provision("projects: [ { slug: mine } ]");
        assertThat(demonstration.provision()).isEmpty();
        assertThat(node.catalogs.current().projects()).extracting(Project::slug).containsExactly("mine");
    }

    @Test
    void aProviderThatIsSetStays() {
        node.provision("providers: { email: { kind: smtp, host: mx } }");
        assertThat(demonstration.provision()).isPresent();
        assertThat(node.catalogs.current().emailProvider().orElseThrow()).isInstanceOf(Provider.Smtp.class);
    }
}
