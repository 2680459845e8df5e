// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AuditAdmin;
import io.patchbay.admin.AuditEntry;
import io.patchbay.admin.AuditEntry.Outcome;
import io.patchbay.admin.AuditQuery;
import io.patchbay.admin.LifecycleRequest.Disable;
import io.patchbay.admin.LifecycleRequest.Rollback;
import io.patchbay.admin.LifecycleRequest.Uninstall;
import io.patchbay.port.AuditEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit trail: everything that was done or tried, appended, whole, and nothing else. */
class AuditTest {
    @TempDir
    Path temp;

    private static AuditEvent event(String detail) {
        return new AuditEvent("anna", "command", "test", "demo", "", Outcome.DONE, detail);
    }

    private static List<AuditEntry> all(TestNode node) throws AdminException {
        return new AuditDoor(node.door).entries(AuditQuery.last(100));
    }

    @Test
    void whoDidWhatToWhichArtifactAndWhatBecameOfItIsThere() throws Exception {
        try (TestNode node = TestNode.opened(temp)) {
            String digest =
                    node.install(node.artifact("demo", "1.0.0", "info.now")).digest();
            node.grantAll("demo");
            assertThatThrownBy(() -> node.change(new Rollback("demo", ""))).isInstanceOf(AdminException.class);
            node.rehearse(new Disable("demo", false));
            node.change(new Disable("demo", false));
            node.change(new Disable("demo", false));
            assertThatThrownBy(() -> node.change(new Disable("nobody", false))).isInstanceOf(AdminException.class);
            node.change(new Uninstall("demo", false, false));
            assertThat(all(node))
                    .extracting(
                            AuditEntry::sequence,
                            AuditEntry::actor,
                            AuditEntry::action,
                            AuditEntry::pluginId,
                            AuditEntry::digest,
                            AuditEntry::outcome)
                    .containsExactly(
                            tuple(1L, "anna", "install", "demo", digest, Outcome.DONE),
                            tuple(2L, "anna", "grant", "demo", digest, Outcome.DONE),
                            tuple(3L, "anna", "rollback", "demo", "", Outcome.REFUSED),
                            tuple(4L, "anna", "disable", "demo", digest, Outcome.DONE),
                            tuple(5L, "anna", "disable", "nobody", "", Outcome.REFUSED),
                            tuple(6L, "anna", "uninstall", "demo", digest, Outcome.DONE));
            assertThat(all(node).get(1).detail()).startsWith("grant runtime.info.now; serve version 1.0.0 (");
            assertThat(all(node).get(2).detail()).startsWith("no earlier release of plugin 'demo'");
            Path file = node.data.resolve("audit/0000000000000001.jsonl");
            assertThat(Files.readAllLines(file)).hasSize(6).allMatch(line -> line.startsWith("{\"seq\":"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void itGoesOnAfterARestartAndIsAskedByPluginTimeAndNumber() throws Exception {
        Instant between;
        try (TestNode node = TestNode.opened(temp)) {
            node.install(node.artifact("demo", "1.0.0"));
            node.install(node.artifact("other", "1.0.0"));
        }
        between = Instant.now();
        try (TestNode node = TestNode.opened(temp)) {
            node.change(new Disable("demo", false));
            AuditAdmin audit = new AuditDoor(node.door);
            assertThat(all(node)).extracting(AuditEntry::sequence).containsExactly(1L, 2L, 3L);
            assertThat(audit.entries(new AuditQuery(Optional.of("demo"), Optional.empty(), 100)))
                    .extracting(AuditEntry::action)
                    .containsExactly("install", "disable");
            assertThat(audit.entries(new AuditQuery(Optional.empty(), Optional.of(between), 100)))
                    .extracting(AuditEntry::sequence)
                    .containsExactly(3L);
            assertThat(audit.entries(AuditQuery.last(2)))
                    .extracting(AuditEntry::sequence)
                    .containsExactly(2L, 3L);
        }
    }

    @Test
    void aLineThatAKillKeptOutOfTheTrailIsAppendedAtTheNextStart() throws Exception {
        try (TestNode node = TestNode.opened(temp)) {
            node.install(node.artifact("demo", "1.0.0"));
            node.change(new Disable("demo", false));
        }
        Path file = temp.resolve("data/audit/0000000000000001.jsonl");
        byte[] whole = Files.readAllBytes(file);
        // What a kill between the change and the end of its line leaves.
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 7));
        try (TestNode node = TestNode.opened(temp)) {
            assertThat(all(node))
                    .extracting(AuditEntry::sequence, AuditEntry::action)
                    .containsExactly(tuple(1L, "install"), tuple(2L, "disable"));
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    @Test
    void filesAreRotatedAndTheOldestGo() throws Exception {
        AuditFiles files = new AuditFiles(temp, 3, 2_000);
        try (AuditTrail trail = AuditTrail.open(files, Map.of(), Clock.systemUTC(), NodeLog.NONE)) {
            for (int i = 1; i <= 200; i++) {
                trail.record(event("line " + i));
            }
            List<AuditEntry> left = trail.entries(AuditQuery.last(1_000));
            long first = left.get(0).sequence();
            assertThat(first).isGreaterThan(100);
            assertThat(left)
                    .extracting(AuditEntry::sequence)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(first, 200).boxed().toList());
        }
        assertThat(files.files()).hasSize(3);
        try (AuditTrail trail = AuditTrail.open(files, Map.of(), Clock.systemUTC(), NodeLog.NONE)) {
            trail.record(event("more"));
            assertThat(trail.entries(AuditQuery.last(1)).get(0).sequence()).isEqualTo(201);
        }
    }

    @Test
    void whatIsNoLineOfOursIsLeftOutAndNoLineIsLongerThanItMayBe() throws Exception {
        AuditFiles files = new AuditFiles(temp, 3, 1 << 20);
        try (AuditTrail trail = AuditTrail.open(files, Map.of(), Clock.systemUTC(), NodeLog.NONE)) {
            trail.record(event("one\n\"two\" <three>"));
            trail.record(event("x".repeat(100_000)));
        }
        Files.writeString(files.files().get(0), "somebody's note\n\n", StandardOpenOption.APPEND);
        try (AuditTrail trail = AuditTrail.open(files, Map.of(), Clock.systemUTC(), NodeLog.NONE)) {
            trail.record(event("three"));
            assertThat(trail.entries(AuditQuery.last(10)))
                    .extracting(AuditEntry::detail)
                    .containsExactly("one\n\"two\" <three>", "x".repeat(2_000) + "...", "three");
        }
    }

    @Test
    void whatCannotBeWrittenWaitsForTheNextLine() throws Exception {
        Path folder = temp.resolve("audit");
        Files.writeString(folder, "in the way");
        AuditFiles files = new AuditFiles(folder, 3, 1 << 20);
        try (AuditTrail trail = AuditTrail.open(files, Map.of(), Clock.systemUTC(), NodeLog.NONE)) {
            trail.record(event("one"));
            Files.delete(folder);
            trail.record(event("two"));
            assertThat(trail.entries(AuditQuery.last(10)))
                    .extracting(AuditEntry::detail)
                    .containsExactly("one", "two");
        }
    }

    @Test
    void aChangeThatCannotBeRecordedIsNotInTheTrailAsDone() throws Exception {
        AuditFiles files = new AuditFiles(temp, 3, 1 << 20);
        try (AuditTrail trail = AuditTrail.open(files, Map.of(), Clock.systemUTC(), NodeLog.NONE)) {
            assertThatThrownBy(() -> trail.commit(event("lost"), line -> {
                        throw new RegistryException("full");
                    }))
                    .isInstanceOf(RegistryException.class);
            assertThat(trail.entries(AuditQuery.last(10))).isEmpty();
        }
    }
}
