package io.countersign.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestPostgres;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class CatalogsTest {
    @Test
    void aChangeIsThereAtOnceAndSoonOnOtherNodes() {
        String url = TestPostgres.url();
        try (var here = new SetupFixture(url); var there = new SetupFixture(url)) {
            there.catalogs.watch();
            here.provision(SetupFixture.acme());
            assertThat(here.catalogs.current().form("newsletter")).isPresent();
            long start = System.nanoTime();
            await(() -> there.catalogs.current().form("newsletter").isPresent());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(there.catalogs.current().version()).isEqualTo(here.catalogs.current().version());
        }
    }

    @Test
    void aChangeByAnotherFeatureIsThereWhenItReturns() {
        try (var node = new SetupFixture()) {
            node.provision(SetupFixture.acme());
            Catalog before = node.catalogs.current();
            node.catalogs.change(tx -> tx.update("update brands set double_opt_in_email = false"));
            var project = before.project("acme").orElseThrow().id();
            assertThat(node.catalogs.current().brand(project, "shop").orElseThrow().doubleOptIn().email())
                    .isFalse();
            assertThat(before.brand(project, "shop").orElseThrow().doubleOptIn().email()).isTrue();
        }
    }

    @Test
    void anUnreadableSetUpLeavesTheKnownOne() {
        try (var node = new SetupFixture()) {
            node.provision(SetupFixture.acme());
            node.catalogs.watch();
            node.database.with(tx -> tx.update("alter table topics rename to hidden"));
            node.database.with(tx -> tx.update("update catalog_version set version = version + 1"));
            long until = System.nanoTime() + Duration.ofMillis(1200).toNanos();
            await(() -> System.nanoTime() > until);
            assertThat(node.catalogs.current().form("newsletter")).isPresent();
            node.database.with(tx -> tx.update("alter table hidden rename to topics"));
            node.database.with(tx -> tx.update("update topics set name = 'Later'"));
            await(() -> node.catalogs.current().project("acme").map(Project::id)
                    .flatMap(id -> node.catalogs.current().brands(id).stream().findFirst())
                    .map(brand -> node.catalogs.current().topics(brand.project(), brand.id()).getFirst()
                    .name())
                    .equals(java.util.Optional.of("Later")));
        }
    }

    @Test
    void aDeletedTopicIsNowhere() {
        try (var node = new SetupFixture()) {
            node.provision(SetupFixture.acme());
            node.catalogs.change(tx ->
                    tx.update("update topics set deleted_at = changed_at where slug = 'vip'"));
            Catalog catalog = node.catalogs.current();
            Brand shop = catalog.brands(catalog.projects().getFirst().id()).getFirst();
            assertThat(catalog.topics(shop.project(), shop.id())).extracting(Topic::slug)
                    .containsExactly("news");
            assertThat(catalog.topic(shop.project(), shop.id(), "vip")).isEmpty();
        }
    }

    private static void await(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(giveUp);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
