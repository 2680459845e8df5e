// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import static io.patchbay.bay.MoveBench.dry;
import static io.patchbay.bay.MoveBench.over;
import static io.patchbay.bay.MoveBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.BindRequest;
import io.patchbay.admin.BindRequest.Mode;
import io.patchbay.admin.BindResult;
import io.patchbay.admin.BindResult.Change;
import io.patchbay.admin.ChangeListener;
import io.patchbay.admin.MigrationView;
import io.patchbay.admin.Topics;
import io.patchbay.admin.UnbindRequest;
import io.patchbay.hostservice.Lease;
import io.patchbay.port.MigrationRecord.Phase;
import io.patchbay.provider.Access;
import io.patchbay.provider.Durability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MoveTest {
    private final MoveBench.Disk disk = new MoveBench.Disk();

    private static AbstractThrowableAssert<?, ?> refused(Problem problem, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Test
    void aCopyMovesEverythingChangesTheOwnerAndKeepsTheSource() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(250);
            Map<String, ?> before = Map.copyOf(disk.a.of("demo"));

            BindResult result = bench.copy("b");

            assertThat(result.changes()).singleElement().satisfies(change -> {
                assertThat(change.change()).isEqualTo(Change.COPY);
                assertThat(change.keys()).isEqualTo(250);
            });
            assertThat(disk.owner()).isEqualTo("b");
            assertThat(disk.b.of("demo")).isEqualTo(before);
            assertThat(disk.a.of("demo")).isEqualTo(before);
            MigrationView move = bench.admin.migrations().get(0);
            assertThat(move.phase()).isEqualTo("moved");
            assertThat(move.keys()).isEqualTo(250);
            assertThat(move.digest()).hasSize(64);
            assertThat(bench.whatOf(Topics.MIGRATION)).containsExactly("begun", "moved");
            assertThat(bench.whatOf(Topics.OWNER)).contains("claimed", "changed");

            bench.write("later", "on b");
            assertThat(disk.b.of("demo").get("0")).containsEntry("later", "on b");
            assertThat(disk.a.of("demo")).isEqualTo(before);
        }
    }

    @Test
    void afterARestartTheNewOwnerServesAndTheBindingHolds() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(3);
            bench.copy("b");
        }
        try (MoveBench bench = new MoveBench(disk)) {
            assertThat(bench.read("key-1")).isEqualTo("value-1");
            assertThat(bench.admin.bindings("demo").get(0)).satisfies(binding -> {
                assertThat(binding.provider()).isEqualTo("b");
                assertThat(binding.wish()).isEqualTo("b");
                assertThat(binding.pending()).isFalse();
            });
        }
    }

    @Test
    void aMoveIsDoneWhenTheLastCallOnTheSourceHasEnded() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(3);
            CompletableFuture<Lease<Store>> reading = new CompletableFuture<>();
            disk.beforeOwnerChanges = () -> reading.complete(bench.leaseToRead());
            Future<BindResult> move = bench.threads.submit(() -> bench.copy("b"));
            Lease<Store> lease = reading.get(10, TimeUnit.SECONDS);
            assertThat(lease.providerName()).isEqualTo("a");
            bench.write("later", "on b");

            // Nobody can be asked whether it waits: without the wait it would be done at once.
            assertThatThrownBy(() -> move.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            lease.close();

            assertThat(move.get(10, TimeUnit.SECONDS).changes()).hasSize(1);
        }
    }

    @Test
    void noAcknowledgedWriteIsLostWhileWritersGoOn() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(500);
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger failed = new AtomicInteger();
            List<AtomicInteger> acknowledged = new ArrayList<>();
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                AtomicInteger last = new AtomicInteger();
                acknowledged.add(last);
                String key = "writer-" + i;
                writers.add(bench.threads.submit(() -> {
                    while (!stop.get()) {
                        String value = String.valueOf(last.get() + 1);
                        bench.write(key, value);
                        bench.write("key-" + last.incrementAndGet() % 500, value);
                        if (!bench.read(key).equals(value)) {
                            failed.incrementAndGet();
                        }
                    }
                    return key;
                }));
            }
            bench.copy("b");
            bench.admin.bind(over(to("a", Mode.COPY)));
            bench.admin.bind(over(to("b", Mode.COPY)));
            stop.set(true);
            for (Future<?> writer : writers) {
                writer.get(30, TimeUnit.SECONDS);
            }

            assertThat(failed).hasValue(0);
            assertThat(disk.owner()).isEqualTo("b");
            for (int i = 0; i < writers.size(); i++) {
                assertThat(disk.b.of("demo").get("0"))
                        .containsEntry("writer-" + i, acknowledged.get(i).toString());
            }
        }
    }

    @Test
    void killedAfterAnyStepOneStoreOwnsAndHasEveryAcknowledgedWrite() throws Exception {
        long steps = stepsOfAMove();
        for (long step = 0; step < steps; step++) {
            MoveBench.Disk killed = new MoveBench.Disk();
            try (MoveBench bench = new MoveBench(killed)) {
                bench.fill(5);
                killed.power.offAfter(step);
                bench.copy("b");
            } catch (Power.Off | IllegalStateException | AdminException e) {
                assertThat(killed.power.isOff()).isTrue();
            }
            killed.power.on();
            Map<String, ?> expected = Map.of(
                    "0",
                    Map.of(
                            "key-0", "value-0", "key-1", "value-1", "key-2", "value-2", "key-3", "value-3", "key-4",
                            "value-4"));
            assertThat(killed.owning().of("demo")).as("after step " + step).isEqualTo(expected);

            try (MoveBench bench = new MoveBench(killed)) {
                assertThat(bench.read("key-4")).isEqualTo("value-4");
                bench.write("after", "the kill");
                assertThat(killed.owning().of("demo").get("0")).containsEntry("after", "the kill");
                for (MigrationView move : bench.admin.migrations()) {
                    assertThat(move.phase()).isEqualTo(killed.owner().equals("b") ? "moved" : "interrupted");
                    assertThat(bench.log).anyMatch(line -> line.startsWith("move 1 of the probe of plugin 'demo'"));
                    if (move.phase().equals("interrupted")) {
                        assertThat(bench.admin.resume(move.id(), false, "anna").phase())
                                .isEqualTo("moved");
                        assertThat(killed.owner()).isEqualTo("b");
                        assertThat(bench.read("after")).isEqualTo("the kill");
                        assertThat(killed.b.of("demo")).isEqualTo(killed.a.of("demo"));
                    }
                }
            }
        }
    }

    private static long stepsOfAMove() throws Exception {
        MoveBench.Disk whole = new MoveBench.Disk();
        try (MoveBench bench = new MoveBench(whole)) {
            bench.fill(5);
            long before = whole.power.steps();
            bench.copy("b");
            return whole.power.steps() - before;
        }
    }

    @Test
    void aServerThatGoesInTheMiddleInterruptsTheMoveAndTheSourceServes() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(300);
            disk.b.goneAfter(4);

            refused(Problem.UNAVAILABLE, () -> bench.copy("b"))
                    .hasMessageContaining("server gone")
                    .hasMessageContaining("migrate resume 1");

            assertThat(disk.owner()).isEqualTo("a");
            assertThat(disk.phase(1)).isEqualTo(Phase.INTERRUPTED);
            bench.write("meanwhile", "on a");
            refused(Problem.UNAVAILABLE, () -> bench.admin.resume(1, false, "anna"));

            disk.b.goneAfter(Integer.MAX_VALUE);
            assertThat(bench.admin.resume(1, false, "anna").phase()).isEqualTo("moved");

            assertThat(disk.owner()).isEqualTo("b");
            assertThat(bench.read("meanwhile")).isEqualTo("on a");
            assertThat(disk.b.of("demo")).isEqualTo(disk.a.of("demo"));
        }
    }

    @Test
    void aRunningMoveSaysWhatItDoes() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(3);
            Set<String> steps = new LinkedHashSet<>();
            disk.a.watch(() -> bench.running().ifPresent(move -> steps.add(move.step())));

            bench.copy("b");

            assertThat(steps).containsExactly("beginning", "copying", "comparing", "holding");
            assertThat(bench.admin.migrations()).extracting(MigrationView::step).containsExactly("");
        }
    }

    @Test
    void aServerThatRestartsInTheMiddleIsWaitedFor() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(300);
            disk.b.restarts(3);

            bench.copy("b");

            assertThat(disk.owner()).isEqualTo("b");
            assertThat(disk.b.of("demo")).isEqualTo(disk.a.of("demo"));
            assertThat(bench.whatOf(Topics.PROVIDER)).contains("away", "returned");
        }
    }

    @Test
    void aServerThatStaysAwayForTheGraceInterruptsTheMove() throws Exception {
        try (MoveBench bench = new MoveBench(disk, Duration.ofMillis(150), true)) {
            bench.fill(300);
            disk.b.restarts(Integer.MAX_VALUE - 1);

            refused(Problem.UNAVAILABLE, () -> bench.copy("b")).hasMessageContaining("server restarts");

            disk.b.restarts(0);
            assertThat(disk.owner()).isEqualTo("a");
            bench.copy("b");
        }
    }

    @Test
    void whatTheTargetHasIsNotOverwrittenUnlessTheOperatorSaysSo() throws Exception {
        disk.b.put("demo", "0", "old", "value");
        disk.b.put("demo", "9", "other", "scope");
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(2);

            refused(Problem.REFUSED, () -> bench.copy("b")).hasMessageContaining("--overwrite");
            refused(Problem.REFUSED, () -> bench.admin.bind(to("b", Mode.DISCARD)));
            refused(Problem.REFUSED, () -> bench.admin.bind(dry(to("b", Mode.COPY))));
            assertThat(disk.moves).isEmpty();
            assertThat(disk.wishes).isEmpty();
            assertThat(disk.b.of("demo").get("0")).containsOnlyKeys("old");

            bench.admin.bind(over(to("b", Mode.COPY)));

            assertThat(disk.b.of("demo").get("0")).isEqualTo(disk.a.of("demo").get("0"));
            assertThat(disk.b.of("demo").get("9")).isEmpty();
        }
    }

    @Test
    void aDryRunSaysWhatWouldMoveAndChangesNothing() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(120);

            BindResult plan = bench.admin.bind(dry(to("b", Mode.COPY)));

            assertThat(plan.dryRun()).isTrue();
            assertThat(plan.changes()).singleElement().satisfies(change -> {
                assertThat(change.from()).isEqualTo("a");
                assertThat(change.to()).isEqualTo("b");
                assertThat(change.keys()).isEqualTo(120);
                assertThat(change.bytes()).isPositive();
                assertThat(change.estimateMillis()).isPresent();
                assertThat(change.lastMillis()).isEmpty();
            });
            assertThat(disk.moves).isEmpty();
            assertThat(disk.wishes).isEmpty();
            assertThat(disk.owner()).isEqualTo("a");

            bench.copy("b");
            BindResult back = bench.admin.bind(over(dry(to("a", Mode.COPY))));
            assertThat(back.changes().get(0).lastMillis()).isPresent();
        }
    }

    @Test
    void aBindingThatWouldNeedAMoveIsRefusedWithoutAMode() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(1);
            refused(Problem.REFUSED, () -> bench.admin.bind(to("b", Mode.NONE))).hasMessageContaining("--copy");
            assertThat(disk.wishes).isEmpty();
        }
    }

    @Test
    void whoMovesHearsHowFarItIsAndTheMoveGoesOnWhenSheIsInterrupted() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(500);
            CountDownLatch going = new CountDownLatch(1);
            // It is looked at twice whether the target is empty.
            disk.b.slowAfter(2, going);
            List<MigrationView> heard = new CopyOnWriteArrayList<>();
            ChangeListener listener = new ChangeListener() {
                @Override
                public void moving(MigrationView move) {
                    heard.add(move);
                    Thread.currentThread().interrupt();
                }
            };

            refused(Problem.UNAVAILABLE, () -> bench.admin.bind(to("b", Mode.COPY), listener))
                    .hasMessageContaining("what was begun goes on: 'migrate status'");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(heard).singleElement().satisfies(move -> {
                assertThat(move.running()).isTrue();
                assertThat(move.phase()).isEqualTo("copying");
                assertThat(move.keys()).isEqualTo(500);
            });
            going.countDown();
            while (!bench.whatOf(Topics.MIGRATION).contains("moved")) {
                Thread.onSpinWait();
            }

            assertThat(disk.owner()).isEqualTo("b");
            assertThat(disk.b.of("demo")).isEqualTo(disk.a.of("demo"));
        }
    }

    @Test
    void aMoveOfSeveralPluginsSaysWhichWereReached() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            for (String plugin : List.of("p1", "p2", "p3")) {
                bench.slot.forPlugin(plugin).call(Access.WRITE, MoveBench.soon(), store -> {
                    store.put(plugin, "0", "key", "value");
                    return Boolean.TRUE;
                });
            }
            BindRequest all = new BindRequest("probe", "b", "", "", Mode.COPY, false, false, "anna");
            disk.b.refuse("p2");

            refused(Problem.UNAVAILABLE, () -> bench.admin.bind(all))
                    .hasMessageContaining("'p2'")
                    .satisfies(refusal -> assertThat(((AdminException) refusal).details())
                            .containsExactly(
                                    "plugin 'p1' was moved: move 1",
                                    "plugin 'p3' was not reached: its data stays where it is, and the binding is"
                                            + " pending for it"));

            assertThat(bench.admin.bindings("p1").get(0).provider()).isEqualTo("b");
            assertThat(bench.admin.bindings("p3").get(0)).satisfies(binding -> {
                assertThat(binding.provider()).isEqualTo("a");
                assertThat(binding.pending()).isTrue();
            });
        }
    }

    @Test
    void undoingACopyToAStoreThatLostItBringsBackWhatTheSourceHas() throws Exception {
        MapStore volatileStore = new MapStore(disk.power, Durability.NONE);
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(3);
            bench.add(3, "c", volatileStore, -10);
            bench.copy("c");
            assertThat(bench.read("key-1")).isEqualTo("value-1");
        }
        try (MoveBench bench = new MoveBench(disk)) {
            bench.add(3, "c", new MapStore(disk.power, Durability.NONE), -10);
            assertThat(bench.read("key-1")).isEmpty();

            MigrationView undone = bench.admin.undo(1, false, "anna");

            assertThat(undone.detail()).contains("'c' is not durable and was started anew");
            assertThat(disk.owner()).isEqualTo("a");
            assertThat(bench.read("key-1")).isEqualTo("value-1");
        }
    }

    @Test
    void aConfiguredBindingThatIsPendingIsSaid() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(1);
            Wish wish = Wish.configured("probe", "demo", "b", "");
            disk.wishes.put("io.patchbay.binding~probe~demo", wish);
            bench.bay.configure("io.patchbay.binding~probe~demo", wish);

            assertThat(bench.admin.remarks("io.patchbay.binding~probe~demo"))
                    .containsExactly("plugin 'demo': 'a' serves, for it works on that store; pending: needs --copy or"
                            + " --discard");
        }
    }

    @Test
    void aDirectEditThatWouldNeedAMoveIsPendingWhileTheOwnerServes() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(1);
            bench.bay.configure("io.patchbay.binding~probe~demo", Wish.configured("probe", "demo", "b", ""));

            assertThat(bench.admin.bindings("demo").get(0)).satisfies(binding -> {
                assertThat(binding.provider()).isEqualTo("a");
                assertThat(binding.pending()).isTrue();
                assertThat(binding.reason()).contains("pending: needs --copy or --discard");
            });
            assertThat(bench.whatOf(Topics.OWNER)).contains("pending");
            bench.write("still", "on a");
            assertThat(disk.a.of("demo").get("0")).containsKey("still");
        }
    }

    @Test
    void aDefaultBindingMovesEveryPluginWithoutOneOfItsOwn() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(2);
            BindRequest byDefault = new BindRequest("probe", "b", "", "", Mode.NONE, false, false, "anna");

            assertThat(bench.admin.bind(byDefault).changes())
                    .singleElement()
                    .satisfies(change -> assertThat(change.change()).isEqualTo(Change.PENDING));
            assertThat(disk.owner()).isEqualTo("a");

            bench.admin.bind(new BindRequest("probe", "b", "", "", Mode.COPY, false, false, "anna"));
            assertThat(disk.owner()).isEqualTo("b");
        }
    }

    @Test
    void aDiscardStartsEmptyAndUndoingItBringsTheOldDataBack() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(2);
            bench.admin.bind(to("b", Mode.DISCARD));
            assertThat(bench.read("key-1")).isEmpty();
            bench.write("new", "on b");

            assertThat(bench.admin.undo(1, false, "anna").phase()).isEqualTo("undone");

            assertThat(disk.owner()).isEqualTo("a");
            assertThat(bench.read("key-1")).isEqualTo("value-1");
            assertThat(bench.read("new")).isEmpty();
            assertThat(disk.b.of("demo").get("0")).containsKey("new");
        }
    }

    @Test
    void undoingACopyTakesAlongWhatWasWrittenSince() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(2);
            bench.copy("b");
            bench.write("since", "the copy");

            bench.admin.undo(1, true, "anna");
            assertThat(disk.owner()).isEqualTo("b");
            bench.admin.undo(1, false, "anna");

            assertThat(disk.owner()).isEqualTo("a");
            assertThat(bench.read("since")).isEqualTo("the copy");
            assertThat(bench.admin.bindings("demo").get(0).wish()).isEqualTo("a");
            refused(Problem.REFUSED, () -> bench.admin.drop(1, false, "anna"));
        }
    }

    @Test
    void aDropEmptiesTheSourceButNeverAnOwner() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(2);
            bench.copy("b");
            bench.admin.bind(over(to("a", Mode.COPY)));

            refused(Problem.REFUSED, () -> bench.admin.drop(1, false, "anna")).hasMessageContaining("owns the data");
            bench.admin.drop(2, true, "anna");
            assertThat(disk.b.of("demo")).isNotEmpty();
            assertThat(bench.admin.drop(2, false, "anna").phase()).isEqualTo("dropped");

            assertThat(disk.b.of("demo")).isEmpty();
            assertThat(bench.read("key-1")).isEqualTo("value-1");
            refused(Problem.INPUT, () -> bench.admin.drop(7, false, "anna"));
        }
    }

    @Test
    void aMoveWaitsForAWriteThatBeganBeforeIt() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(2);
            Lease<Store> slow = bench.threads
                    .submit(() -> bench.slot.forPlugin("demo").lease(Access.WRITE, MoveBench.soon()))
                    .get();
            Future<?> move = bench.threads.submit(() -> bench.copy("b"));
            while (bench.whatOf(Topics.MIGRATION).isEmpty()) {
                Thread.onSpinWait();
            }
            slow.provider().put("demo", "0", "slow", "write");
            slow.close();
            move.get(30, TimeUnit.SECONDS);

            assertThat(bench.read("slow")).isEqualTo("write");
            assertThat(disk.owner()).isEqualTo("b");
        }
    }

    @Test
    void heldWritesWaitBeyondTheGraceRatherThanFail() throws Exception {
        try (MoveBench bench = new MoveBench(disk, Duration.ZERO, true)) {
            bench.fill(2);
            bench.slot.publishAs("demo", null, true);
            Future<?> held = bench.threads.submit(() -> {
                bench.write("held", "back");
                return "written";
            });
            while (bench.slot.counters().waits.sum() == 0) {
                Thread.onSpinWait();
            }
            assertThat(bench.read("key-1")).isEqualTo("value-1");
            assertThat(disk.a.of("demo").get("0")).doesNotContainKey("held");
            assertThat(bench.slot.forPlugin("demo").tryLease()).isEmpty();

            bench.slot.publishAs("demo", null, false);

            held.get(30, TimeUnit.SECONDS);
            assertThat(disk.a.of("demo").get("0")).containsKey("held");
        }
    }

    @Test
    void withoutConfigAdminNothingIsBoundDurably() throws Exception {
        try (MoveBench bench = new MoveBench(disk, Duration.ofSeconds(30), false)) {
            bench.fill(1);
            refused(Problem.UNAVAILABLE, () -> bench.copy("b")).hasMessageContaining("Config Admin");
            assertThat(disk.owner()).isEqualTo("a");
            assertThat(disk.moves).isEmpty();
        }
    }

    @Test
    void badInputIsNamedAndChangesNothing() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(1);
            refused(
                            Problem.INPUT,
                            () -> bench.admin.bind(
                                    new BindRequest("probe", "b", "nobody", "", Mode.COPY, false, false, "anna")))
                    .hasMessageContaining("'nobody'");
            refused(
                            Problem.INPUT,
                            () -> bench.admin.bind(
                                    new BindRequest("probe", "z", "demo", "", Mode.COPY, false, false, "anna")))
                    .hasMessageContaining("there are: a, b");
            refused(
                            Problem.INPUT,
                            () -> bench.admin.bind(
                                    new BindRequest("probe", "", "demo", "(zone=", Mode.COPY, false, false, "anna")))
                    .hasMessageContaining("does not parse");
            refused(
                            Problem.INPUT,
                            () -> bench.admin.bind(new BindRequest(
                                    "probe", "", "demo", "(zone=mars)", Mode.COPY, false, false, "anna")))
                    .hasMessageContaining("(zone=mars)");
            refused(Problem.INPUT, () -> bench.admin.unbind(new UnbindRequest("probe", "demo", false, "anna")));
            assertThat(disk.wishes).isEmpty();
            assertThat(disk.moves).isEmpty();
        }
    }

    @Test
    void aFilterBindsAndUnbindTakesItBack() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.admin.bind(new BindRequest("probe", "", "demo", "(zone=zone-b)", Mode.NONE, false, false, "anna"));
            bench.fill(1);
            assertThat(disk.owner()).isEqualTo("b");
            assertThat(disk.wishes).containsOnlyKeys("io.patchbay.binding~probe~demo");
            assertThat(bench.whatOf(Topics.BINDING)).containsExactly("bound");

            bench.admin.unbind(new UnbindRequest("probe", "demo", true, "anna"));
            assertThat(disk.wishes).hasSize(1);
            bench.admin.unbind(new UnbindRequest("probe", "demo", false, "anna"));

            assertThat(disk.wishes).isEmpty();
            assertThat(bench.read("key-0")).isEqualTo("value-0");
            assertThat(disk.moves).isEmpty();
        }
    }

    @Test
    void anUnfinishedMoveIsResumedOrGivenUpBeforeTheNext() throws Exception {
        try (MoveBench bench = new MoveBench(disk)) {
            bench.fill(3);
            disk.power.offAfter(stepsOfAMove() - 3);
            assertThatThrownBy(() -> bench.copy("b")).isNotNull();
        }
        disk.power.on();
        try (MoveBench bench = new MoveBench(disk)) {
            assertThat(disk.phase(1)).isEqualTo(Phase.INTERRUPTED);
            assertThat(disk.owner()).isEqualTo("a");
            refused(Problem.REFUSED, () -> bench.admin.bind(over(to("b", Mode.COPY))))
                    .hasMessageContaining("migrate resume 1");

            assertThat(bench.admin.undo(1, false, "anna").phase()).isEqualTo("undone");

            assertThat(disk.b.of("demo")).isEmpty();
            assertThat(bench.read("key-1")).isEqualTo("value-1");
            bench.copy("b");
            assertThat(disk.owner()).isEqualTo("b");
        }
    }
}
