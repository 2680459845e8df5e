// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.itests.harness.Eventually;
import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

class RedisStateTest {
    private static final StateScope SCOPE = new StateScope("demo", 0);
    private static final StateQuota QUOTA = new StateQuota(1_000_000, 1L << 30);
    private static final RedisSettings.Login NOBODY = new RedisSettings.Login("", "");

    @TempDir
    static Path folder;

    private static RedisProcess server;
    private static RedisStateProvider node;
    private static RedisStateProvider other;

    @BeforeAll
    static void open() throws Exception {
        server = new RedisProcess(folder);
        node = RedisProcess.open(server.settings(Durability.NONE));
        other = RedisProcess.open(server.settings(Durability.NONE));
    }

    @AfterAll
    static void close() throws Exception {
        node.deactivate();
        other.deactivate();
        server.close();
    }

    @Test
    void aReadyProviderHasTheConnectionsThatItsCallsWillNeed() throws Exception {
        server.execute(Command.ACL, "SETUSER", "ahead", "on", ">word", "~*", "+@all");
        RedisSettings settings = server.settings("ahead", Durability.NONE, new RedisSettings.Login("ahead", "word"));
        RedisStateProvider provider = RedisProcess.open(settings);
        String clients = new String((byte[]) server.execute(Command.CLIENT, "LIST"), StandardCharsets.UTF_8);
        assertThat(clients.lines().filter(client -> client.contains("user=ahead")))
                .hasSize(settings.poolSize());
        provider.deactivate();
    }

    @Test
    void aServerThatGivesFewConnectionsIsContentedWith(@TempDir Path own) throws Exception {
        try (RedisProcess few = new RedisProcess(own, "maxclients 4")) {
            RedisStateProvider provider = RedisProcess.open(few.settings(Durability.NONE));
            provider.putMany(SCOPE, Map.of("few", "v"), QUOTA);
            assertThat(provider.get(SCOPE, "few")).contains("v");
            assertThat(provider.health()).isEqualTo(ProviderHealth.UP);
            provider.deactivate();
        }
    }

    @Test
    void anotherPrefixIsAnotherStore() throws Exception {
        RedisStateProvider apart = RedisProcess.open(server.settings("apart", Durability.NONE, NOBODY));
        node.putMany(SCOPE, Map.of("k", "v"), QUOTA);
        assertThat(apart.get(SCOPE, "k")).isEmpty();
        assertThat(apart.store().id()).isNotEqualTo(node.store().id());
        apart.deactivate();
    }

    @Test
    void keysOfSomebodyElseAndANewerLayoutAreRefusedAndLeftAsTheyAre() throws Exception {
        server.execute(Command.SET, "foreign:store", "x");
        assertRefused(server.settings("foreign", Durability.NONE, NOBODY), "is not a Patchbay state store's");
        server.execute(Command.HSET, "newer:store", "application", "patchbay-state", "version", "99", "id", "whatever");
        assertRefused(server.settings("newer", Durability.NONE, NOBODY), "layout version 99, this bundle knows 1");
        server.execute(Command.HSET, "broken:store", "application", "patchbay-state", "version", "1", "id", "whatever");
        assertRefused(server.settings("broken", Durability.NONE, NOBODY), "lost its store id");
    }

    @Test
    void aDurabilityThatTheServerDoesNotKeepIsRefused() throws Exception {
        assertRefused(server.settings(Durability.PROCESS), "it needs appendonly yes");
        assertRefused(server.settings(Durability.POWER), "appendfsync always");
    }

    @Test
    void aDatabaseThatTheServerDoesNotHaveIsSaid() {
        RedisSettings right = server.settings(Durability.NONE);
        RedisStateProvider provider = new RedisStateProvider(new RedisSettings(
                right.name(),
                right.host(),
                right.port(),
                999,
                right.prefix(),
                right.login(),
                right.tls(),
                right.durability(),
                right.poolSize(),
                right.callTimeout()));
        Eventually.holds(
                () -> provider.health().detail().contains("has no database 999; correct the setting database"));
        provider.deactivate();
    }

    @Test
    void aServerThatIsNotThereIsSaidInTheWordsOfTheNetwork(@TempDir Path own) throws Exception {
        try (RedisProcess gone = new RedisProcess(own)) {
            gone.kill();
            RedisStateProvider provider = new RedisStateProvider(gone.settings(Durability.NONE));
            Eventually.holds(() -> provider.health().detail().contains("cannot be reached (ConnectException: "));
            assertThat(provider.ready().toCompletableFuture()).isNotDone();
            provider.deactivate();
        }
    }

    private static void assertRefused(RedisSettings settings, String text) {
        RedisStateProvider provider = new RedisStateProvider(settings);
        assertThatThrownBy(() -> RedisProcess.ready(provider))
                .isInstanceOf(ExecutionException.class)
                .rootCause()
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining(text);
        assertThat(provider.health().status()).isEqualTo(ProviderHealth.Status.DOWN);
        assertThat(provider.health().detail()).contains(text);
        provider.deactivate();
    }

    @Test
    void aCallWhoseTimeIsOverOnTheServerChangesNothing() throws Exception {
        RedisSettings settings = server.settings(Durability.NONE);
        RedisTrouble trouble = new RedisTrouble(settings);
        KeyLayout layout = new KeyLayout(settings.prefix());
        try (Connections connections = new Connections(settings, trouble)) {
            // A clock that is an hour off: the first answer is "late", the second one is right.
            List<?> time = (List<?>) server.execute(Command.TIME);
            long offset = ScriptRunner.clockOffset(time.get(0), time.get(1)) - TimeUnit.HOURS.toMicros(1);
            ScriptRunner runner = new ScriptRunner(
                    connections, trouble, settings, node.store().id().toString(), offset);
            assertThat(runner.read(Script.SCOPES, List.of(layout.store(), layout.usage("nobody")), List.of()))
                    .hasSize(1);
        }
    }

    @Test
    void aRefusedUserIsSaidWithoutThePasswordAndLetInWhenTheServerAgrees() throws Exception {
        RedisSettings settings =
                server.settings("guarded", Durability.NONE, new RedisSettings.Login("guarded", "s3cret-word"));
        RedisStateProvider provider = new RedisStateProvider(settings);
        Eventually.holds(() -> provider.health().detail().contains("refused the user 'guarded'"));
        assertThat(provider.health().detail()).doesNotContain("s3cret-word");
        assertThat(settings.toString()).doesNotContain("s3cret-word");
        assertThat(provider.ready().toCompletableFuture()).isNotDone();
        server.execute(Command.ACL, "SETUSER", "guarded", "on", ">s3cret-word", "~guarded:*", "+@all", "-@admin");
        RedisProcess.ready(provider);
        provider.putMany(SCOPE, Map.of("k", "v"), QUOTA);
        provider.purge("demo");
        provider.deactivate();
    }

    @Test
    void aServerThatLostTheStoreIsNotTakenForTheOwner(@TempDir Path own) throws Exception {
        try (RedisProcess forgetful = new RedisProcess(own)) {
            RedisStateProvider provider = RedisProcess.open(forgetful.settings(Durability.NONE));
            provider.putMany(SCOPE, Map.of("k", "v"), QUOTA);
            forgetful.kill();
            forgetful.start();
            assertThatThrownBy(() -> provider.get(SCOPE, "k"))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("no longer holds the state store");
            assertThat(provider.health().status()).isEqualTo(ProviderHealth.Status.DOWN);
            RedisStateProvider restarted = RedisProcess.open(forgetful.settings(Durability.NONE));
            assertThat(restarted.get(SCOPE, "k")).isEmpty();
            restarted.deactivate();
            provider.deactivate();
        }
    }
}
