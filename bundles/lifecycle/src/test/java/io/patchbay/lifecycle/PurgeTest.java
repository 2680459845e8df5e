// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.LifecycleRequest.Uninstall;
import io.patchbay.admin.LifecycleResult;
import io.patchbay.port.OwnerRegistry;
import io.patchbay.port.StoreOwner;
import io.patchbay.port.StoredData;
import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.StoreIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uninstall with purge (contract D8): all or nothing, now or later, never forgotten. */
@Timeout(60)
class PurgeTest {
    private static final Uninstall PURGE = new Uninstall("demo", true, false);

    @TempDir
    Path temp;

    private TestNode node;

    /** One store with what demo has written: 3 keys until it is purged. */
    private static final class Store implements StoredData {
        private final OwnerRegistry owners;
        volatile String unreachable = "";
        volatile boolean failing;
        volatile int keys = 3;
        final CountDownLatch purged = new CountDownLatch(1);

        Store(OwnerRegistry owners) {
            this.owners = owners;
        }

        @Override
        public List<Part> of(String pluginId) {
            return List.of(new Part("state", "sqlite", true, keys, unreachable));
        }

        @Override
        public void purge(String pluginId) {
            if (failing) {
                throw new ProviderException("the server is gone");
            }
            keys = 0;
            owners.forget("state", pluginId);
            purged.countDown();
        }
    }

    @BeforeEach
    void open() throws Exception {
        node = TestNode.opened(temp);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Store store(TestNode with) throws AdminException {
        OwnerRegistry owners = with.door.node().owners();
        Store store = new Store(owners);
        with.stores = Optional.of(store);
        return store;
    }

    private Store written() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        Store store = store(node);
        node.door
                .node()
                .owners()
                .claim("state", "demo", new StoreOwner(new StoreIdentity(new UUID(1, 2), Durability.POWER), "sqlite"));
        return store;
    }

    private static void refused(ThrowingCallable call, Problem problem, String... parts) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AdminException.class, refusal -> {
            assertThat(refusal.problem()).isEqualTo(problem);
            assertThat(refusal.getMessage()).contains(parts);
        });
    }

    @Test
    void aPurgeRemovesTheStateAndForgetsTheOwner() throws Exception {
        Store store = written();
        LifecycleResult result = node.change(PURGE);
        assertThat(result.steps())
                .containsExactly(
                        "remove the plugin, its 1 release, grants and settings",
                        "remove what provider 'sqlite' holds of kind state: 3 keys");
        assertThat(store.keys).isZero();
        assertThat(node.door.node().owners().owner("state", "demo")).isEmpty();
        assertThat(node.events).endsWith("demo uninstalled", "demo purged");
        node.install(node.artifact("demo", "1.0.0"));
    }

    @Test
    void withoutAPurgeTheStateStaysAndCanBePurgedLater() throws Exception {
        Store store = written();
        assertThat(node.change(new Uninstall("demo", false, false)).steps())
                .contains("keep its state: a plugin of this id that is installed later finds it");
        assertThat(store.keys).isEqualTo(3);
        assertThat(node.door.node().owners().owner("state", "demo")).isPresent();
        assertThat(node.rehearse(PURGE).steps())
                .containsExactly("remove what provider 'sqlite' holds of kind state: 3 keys");
        node.change(PURGE);
        assertThat(store.keys).isZero();
        refused(() -> node.change(PURGE), Problem.INPUT, "no plugin 'demo'");
    }

    @Test
    void aStoreThatCannotBeReachedRefusesThePurgeAndNothingIsHalfWay() throws Exception {
        Store store = written();
        store.unreachable = "no ready provider of kind state";
        refused(() -> node.change(PURGE), Problem.UNAVAILABLE, "no ready provider", "nothing was changed");
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
        node.stores = Optional.empty();
        refused(() -> node.change(PURGE), Problem.UNAVAILABLE, "patch bay is away");
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
    }

    @Test
    void aPurgeThatFailsOnceItIsDecidedGoesOnByItselfAndNothingIsInstalledMeanwhile() throws Exception {
        Store store = written();
        store.failing = true;
        assertThat(node.change(PURGE).notes())
                .singleElement()
                .asString()
                .contains("is not removed yet: the server is gone");
        Path again = node.artifact("demo", "1.0.0");
        refused(() -> node.install(again), Problem.UNAVAILABLE, "is still being removed");
        store.failing = false;
        assertThat(store.purged.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(node.purged.await(30, TimeUnit.SECONDS)).isTrue();
        node.install(again);
    }

    @Test
    void aPurgeThatWasDecidedBeforeAKillIsFinishedByTheNextStart() throws Exception {
        Store store = written();
        store.failing = true;
        node.change(PURGE);
        node.close();
        try (TestNode next = TestNode.opened(temp)) {
            Path artifact = next.artifact("demo", "1.0.0");
            refused(() -> next.install(artifact), Problem.UNAVAILABLE, "is still being removed");
            Store reached = store(next);
            next.door.node().resume();
            assertThat(reached.purged.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(next.door.node().owners().owner("state", "demo")).isEmpty();
        }
    }

    @Test
    void theStateIsRemovedAfterTheLastRequestHasEnded() throws Exception {
        Store store = written();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        node.engine.duringExecution = () -> {
            begun.countDown();
            try {
                assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        };
        CompletableFuture<String> request = CompletableFuture.supplyAsync(() -> {
            try {
                return node.call("demo");
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        LifecycleResult result = node.change(PURGE);
        assertThat(result.notes()).singleElement().asString().contains("requests to it are still running");
        assertThat(store.keys).isEqualTo(3);
        go.countDown();
        assertThat(request.get(10, TimeUnit.SECONDS)).isEqualTo("1.0.0 ");
        assertThat(store.purged.await(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
    }
}
