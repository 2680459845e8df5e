// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import static io.patchbay.bay.MoveBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.BindRequest.Mode;
import io.patchbay.admin.Topics;
import io.patchbay.hostservice.Lease;
import io.patchbay.port.MigrationRecord.Phase;
import io.patchbay.port.StoredData;
import io.patchbay.provider.Access;
import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderException;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Removing everything that stores hold of a plugin. */
@Timeout(60)
class PluginPurgeTest {
    private final MoveBench.Disk disk = new MoveBench.Disk();

    private static StoredData purge(MoveBench bench) {
        return new PluginPurge(bench.bay);
    }

    @Test
    void everyScopeOfTheOwnerIsEmptiedAndTheOwnerForgotten() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(3);
            disk.a.put("demo", "7", "of", "a tenant");
            disk.a.put("other", "0", "stays", "here");
            assertThat(purge(bench).of("demo")).containsExactly(new StoredData.Part("probe", "a", true, 4, ""));

            purge(bench).purge("demo");

            assertThat(disk.a.of("demo")).isEmpty();
            assertThat(disk.a.of("other")).isNotEmpty();
            assertThat(disk.owners).isEmpty();
            assertThat(bench.whatOf(Topics.OWNER)).endsWith("purged");
            assertThat(purge(bench).of("demo")).isEmpty();
            purge(bench).purge("demo");

            bench.write("anew", "value");
            assertThat(disk.owner()).as("the first write makes another owner").isEqualTo("a");
        }
    }

    @Test
    void whatMovesLeftBehindGoesToo() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(3);
            bench.copy("b");
            assertThat(purge(bench).of("demo"))
                    .containsExactly(
                            new StoredData.Part("probe", "b", true, 3, ""),
                            new StoredData.Part("probe", "a", false, 3, ""));
            purge(bench).purge("demo");
            assertThat(disk.a.of("demo")).isEmpty();
            assertThat(disk.b.of("demo")).isEmpty();
            assertThat(disk.phase(1)).isEqualTo(Phase.DROPPED);
        }
    }

    @Test
    void theTargetOfAnInterruptedMoveIsEmptiedAndTheMoveClosed() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(300);
            disk.b.goneAfter(6);
            assertThatThrownBy(() -> bench.copy("b")).isInstanceOf(AdminException.class);
            disk.b.goneAfter(Integer.MAX_VALUE);
            assertThat(disk.b.of("demo")).isNotEmpty();
            purge(bench).purge("demo");
            assertThat(disk.a.of("demo")).isEmpty();
            assertThat(disk.b.of("demo")).isEmpty();
            assertThat(disk.phase(1)).isEqualTo(Phase.UNDONE);
        }
    }

    @Test
    void aStoreThatIsAwayIsNamedAndNothingIsForgotten() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(1);
            bench.copy("b");
            bench.remove(1);
            assertThat(purge(bench).of("demo"))
                    .filteredOn(part -> part.provider().equals("a"))
                    .singleElement()
                    .satisfies(part -> assertThat(part.unreachable()).startsWith("no ready provider of kind probe"));
            assertThatThrownBy(() -> purge(bench).purge("demo")).isInstanceOf(ProviderException.class);
            assertThat(disk.owner()).isEqualTo("b");
            assertThat(disk.b.of("demo")).isNotEmpty();
            bench.add(3, "a", disk.a, 10);
            purge(bench).purge("demo");
            assertThat(disk.a.of("demo")).isEmpty();
            assertThat(disk.owners).isEmpty();
        }
    }

    @Test
    void whatAVolatileStoreHeldWentWithIt() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            MapStore memory = new MapStore(disk.power, Durability.NONE);
            bench.add(3, "memory", memory, -5);
            bench.admin.bind(to("memory", Mode.NONE));
            bench.write("key", "value");
            assertThat(disk.owner()).isEqualTo("memory");
            bench.remove(3);
            assertThat(purge(bench).of("demo")).containsExactly(new StoredData.Part("probe", "memory", true, 0, ""));
            purge(bench).purge("demo");
            assertThat(disk.owners).isEmpty();
        }
    }

    @Test
    void aCallThatIsStillInTheProviderWritesBeforeTheStoreIsEmptied() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(1);
            Lease<Store> held = bench.slot.forPlugin("demo").lease(Access.WRITE, MoveBench.soon());
            Future<?> purging = bench.threads.submit(() -> purge(bench).purge("demo"));
            held.provider().put("demo", "0", "late", "write");
            assertThat(purging.isDone()).isFalse();
            held.close();
            purging.get(30, TimeUnit.SECONDS);
            assertThat(disk.a.of("demo")).isEmpty();
        }
    }

    @Test
    void killedAfterAnyStepItIsFinishedByTheNextOne() throws Exception {
        long steps = stepsOfAPurge();
        for (long step = 0; step < steps; step++) {
            MoveBench.Disk killed = new MoveBench.Disk();
            try (MoveBench bench = new MoveBench(killed)) {
                bench.fill(5);
                bench.copy("b");
                killed.power.offAfter(step);
                purge(bench).purge("demo");
            } catch (Power.Off | ProviderException dead) {
                assertThat(killed.power.isOff()).isTrue();
            }
            killed.power.on();
            try (MoveBench bench = new MoveBench(killed)) {
                purge(bench).purge("demo");
                assertThat(Map.of("a", killed.a.of("demo"), "b", killed.b.of("demo")))
                        .as("after step " + step)
                        .allSatisfy((store, content) -> assertThat(content).isEmpty());
                assertThat(killed.owners).isEmpty();
                assertThat(killed.phase(1)).isEqualTo(Phase.DROPPED);
            }
        }
    }

    private static long stepsOfAPurge() throws Exception {
        MoveBench.Disk whole = new MoveBench.Disk();
        try (MoveBench bench = new MoveBench(whole)) {
            bench.fill(5);
            bench.copy("b");
            long before = whole.power.steps();
            purge(bench).purge("demo");
            return whole.power.steps() - before;
        }
    }
}
