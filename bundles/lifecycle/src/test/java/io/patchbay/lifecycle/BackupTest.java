// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.AuditEntry;
import io.patchbay.admin.AuditQuery;
import io.patchbay.admin.BackupRequest;
import io.patchbay.admin.BackupView;
import io.patchbay.admin.LifecycleRequest.Disable;
import io.patchbay.admin.RestoreRequest;
import io.patchbay.port.Progress;
import io.patchbay.port.StoreOwner;
import io.patchbay.provider.Durability;
import io.patchbay.provider.LocalStore;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.StoreIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup of a running node, and restore: whole or not at all, whatever the file is. */
class BackupTest {
    private static final UUID HERE = new UUID(1, 2);

    @TempDir
    Path temp;

    private Path one;
    private Path two;
    private Path file;

    @BeforeEach
    void folders() throws IOException {
        one = Files.createDirectory(temp.resolve("one"));
        two = Files.createDirectory(temp.resolve("two"));
        file = temp.resolve("node.backup");
    }

    /** A store in the data folder whose file is a text. */
    private record TextStore(Path data) implements LocalStore {
        Path file() {
            return data.resolve("data/io.patchbay.test/text.db");
        }

        @Override
        public String bundleSymbolicName() {
            return "io.patchbay.test";
        }

        @Override
        public String fileName() {
            return "text.db";
        }

        @Override
        public StoreIdentity store() {
            return new StoreIdentity(HERE, Durability.POWER);
        }

        @Override
        public void copyTo(Path target) {
            try {
                Files.copy(file(), target);
            } catch (IOException failure) {
                throw new ProviderException("cannot copy", failure);
            }
        }
    }

    private static BackupDoor door(TestNode node) {
        TextStore store = new TextStore(node.data);
        return new BackupDoor(
                node.door, () -> Files.exists(store.file()) ? List.of(store) : List.of(), Clock.systemUTC());
    }

    private BackupView backup(TestNode node) throws AdminException {
        return door(node).backup(new BackupRequest(file, false, "anna", Progress.NONE));
    }

    private BackupView restore(TestNode node, boolean replace) throws AdminException {
        return door(node).restore(new RestoreRequest(file, replace, false, "anna", Progress.NONE));
    }

    private static void refused(ThrowingCallable call, Problem problem, String... parts) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AdminException.class, refusal -> {
            assertThat(refusal.problem()).as(refusal.getMessage()).isEqualTo(problem);
            assertThat(refusal.getMessage()).contains(parts);
        });
    }

    /** A node with two plugins, grants, settings, a policy, state here and elsewhere. */
    private TestNode full() throws Exception {
        TestNode node = TestNode.opened(one);
        node.install(node.artifact("demo", "1.0.0", "info.now"));
        node.grantAll("demo");
        node.install(node.artifact("demo", "1.1.0", "info.now"));
        node.install(node.artifact("other", "2.0.0"));
        node.door.node().owners().claim("state", "demo", owner(HERE, Durability.POWER, "sqlite"));
        node.door.node().owners().claim("state", "other", owner(new UUID(3, 4), Durability.POWER, "jdbc"));
        Files.createDirectories(node.data.resolve("data/io.patchbay.test"));
        Files.writeString(new TextStore(node.data).file(), "state of demo");
        Files.writeString(node.data.resolve("etc/io.patchbay.log.file.config"), "token=\"s3cret\"\n");
        Files.writeString(node.data.resolve("policy.yaml"), "grants: []\n");
        return node;
    }

    private static StoreOwner owner(UUID id, Durability durability, String provider) {
        return new StoreOwner(new StoreIdentity(id, durability), provider);
    }

    @Test
    void aNodeComesBackOnAnEmptyFolderWithEverything() throws Exception {
        try (TestNode node = full()) {
            BackupView made = backup(node);
            assertThat(made.plugins()).containsExactly("demo 1.1.0", "other 2.0.0");
            assertThat(made.notes())
                    .containsExactly(
                            "not in it: the state that lies in the store of provider 'jdbc': back that up there (other)",
                            "the configuration is in it with its secrets: keep it where only you can read it");
            assertThat(node.call("demo")).as("it runs on").isEqualTo("1.1.0 info.now");
            assertThat(node.data.resolve(".backup")).doesNotExist();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (TestNode node = TestNode.opened(two)) {
            BackupView restored = restore(node, false);
            assertThat(restored.plugins()).containsExactly("demo 1.1.0", "other 2.0.0");
            assertThat(node.call("demo")).isEqualTo("1.1.0 info.now");
            assertThat(node.call("other")).isEqualTo("2.0.0 ");
            assertThat(node.admin.releases("demo")).hasSize(2);
            assertThat(node.archived()).hasSize(3);
            assertThat(node.door.node().owners().ofPlugin("demo").get("state").providerName())
                    .isEqualTo("sqlite");
            assertThat(new TextStore(node.data).file()).hasContent("state of demo");
            assertThat(node.data.resolve("etc/io.patchbay.log.file.config")).hasContent("token=\"s3cret\"");
            assertThat(node.data.resolve("policy.yaml")).exists();
            assertThat(node.data.resolve(".restore")).doesNotExist();
            assertThat(new AuditDoor(node.door).entries(AuditQuery.last(100)))
                    .extracting(AuditEntry::action)
                    .containsExactly("install", "grant", "install", "install", "restore");
            assertThat(node.published).containsSubsequence("folder", "no folder", "folder");
        }
    }

    @Test
    void aRehearsalSaysWhatWouldBeInItAndWritesNothing() throws Exception {
        try (TestNode node = full()) {
            BackupView would = door(node).backup(new BackupRequest(file, true, "anna", Progress.NONE));
            assertThat(file).doesNotExist();
            BackupView made = backup(node);
            assertThat(would.items()).isEqualTo(made.items());
            assertThat(would.notes()).isEqualTo(made.notes());
            try (TestNode other = TestNode.opened(two)) {
                BackupView checked = door(other).restore(new RestoreRequest(file, false, true, "anna", Progress.NONE));
                assertThat(checked.dryRun()).isTrue();
                assertThat(checked.plugins()).isEqualTo(made.plugins());
                assertThat(other.admin.plugins()).isEmpty();
            }
        }
    }

    @Test
    void pluginsThatAreThereAreReplacedOnlyWhereTheOperatorSaysSo() throws Exception {
        try (TestNode node = full()) {
            backup(node);
        }
        try (TestNode node = TestNode.opened(two)) {
            node.install(node.artifact("mine", "1.0.0"));
            Files.writeString(node.data.resolve("etc/io.patchbay.mine.config"), "a=\"b\"\n");
            refused(() -> restore(node, false), Problem.REFUSED, "holds plugins already", "--replace");
            assertThat(node.call("mine")).isEqualTo("1.0.0 ");
            BackupView restored = restore(node, true);
            assertThat(restored.notes())
                    .contains("this node's own audit trail goes on; that of the backup is left out");
            assertThat(node.admin.plugin("mine")).isEmpty();
            assertThat(node.call("demo")).isEqualTo("1.1.0 info.now");
            assertThat(node.archived()).hasSize(3);
            assertThat(node.data.resolve("etc/io.patchbay.mine.config")).doesNotExist();
            assertThat(new AuditDoor(node.door).entries(AuditQuery.last(100)))
                    .extracting(AuditEntry::action, entry -> entry.outcome().name())
                    .containsExactly(
                            org.assertj.core.api.Assertions.tuple("install", "DONE"),
                            org.assertj.core.api.Assertions.tuple("restore", "REFUSED"),
                            org.assertj.core.api.Assertions.tuple("restore", "DONE"));
            node.change(new Disable("demo", false));
        }
    }

    @Test
    void aFolderWhoseRegistryIsDamagedIsRestored() throws Exception {
        try (TestNode node = full()) {
            backup(node);
        }
        Files.writeString(one.resolve("data/registry.db"), "no database at all, but some text");
        Files.writeString(one.resolve("data/registry.db-wal"), "x");
        try (TestNode node = new TestNode(one)) {
            refused(node.door::open, Problem.UNAVAILABLE, "is damaged");
            refused(() -> restore(node, false), Problem.REFUSED, "holds plugins already");
            restore(node, true);
            assertThat(node.call("demo")).isEqualTo("1.1.0 info.now");
        }
    }

    @Test
    void whereNothingMayBeOverwrittenNothingIs() throws Exception {
        try (TestNode node = full()) {
            Files.writeString(file, "mine");
            refused(() -> backup(node), Problem.INPUT, "is there already");
            assertThat(file).hasContent("mine");
            refused(
                    () -> door(node).backup(new BackupRequest(temp.resolve("no/such"), false, "anna", Progress.NONE)),
                    Problem.INPUT,
                    "there is no folder");
        }
    }

    /** The entries of the good backup, changed and zipped again. */
    private void rewrite(UnaryOperator<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : change.apply(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        Files.write(file, bytes.toByteArray());
    }

    private void manifest(String from, String to) throws IOException {
        rewrite(entries -> {
            String json = new String(entries.get("manifest.json"), StandardCharsets.UTF_8);
            assertThat(json).contains(from);
            entries.put("manifest.json", json.replace(from, to).getBytes(StandardCharsets.UTF_8));
            return entries;
        });
    }

    private void refusedAsItIs(String... parts) throws Exception {
        try (TestNode node = TestNode.opened(Files.createTempDirectory(temp, "node"))) {
            node.install(node.artifact("mine", "1.0.0"));
            refused(() -> restore(node, true), Problem.INPUT, parts);
            assertThat(node.call("mine")).isEqualTo("1.0.0 ");
            assertThat(node.data.resolve(".restore")).doesNotExist();
        }
    }

    @Test
    void aFileThatIsNoGoodBackupIsRefusedAndNothingIsChanged() throws Exception {
        refusedAsItIs("no such file");
        Files.writeString(file, "hello");
        refusedAsItIs("it is no zip");
        Files.delete(file);
        try (TestNode node = full()) {
            backup(node);
        }
        byte[] good = Files.readAllBytes(file);

        Files.write(file, Arrays.copyOf(good, good.length / 2));
        refusedAsItIs("it is no zip, or a damaged one");
        Files.write(file, good);
        rewrite(entries -> {
            entries.remove("manifest.json");
            return entries;
        });
        refusedAsItIs("it is no backup of a node");
        Files.write(file, good);
        manifest("\"format\": 1", "\"format\": 2");
        refusedAsItIs("was made by a newer Patchbay (format 2");
        Files.write(file, good);
        manifest("\"items\"", "\"itms\"");
        refusedAsItIs("its manifest does not parse");

        Files.write(file, good);
        rewrite(entries -> {
            entries.put("registry.db", "another".getBytes(StandardCharsets.UTF_8));
            return entries;
        });
        refusedAsItIs("'registry.db' in it is damaged");
        Files.write(file, good);
        rewrite(entries -> {
            entries.put("policy.yaml", new byte[1 << 20]);
            return entries;
        });
        refusedAsItIs("'policy.yaml' in it is larger than its manifest says");
        Files.write(file, good);
        rewrite(entries -> {
            entries.remove("policy.yaml");
            return entries;
        });
        refusedAsItIs("'policy.yaml' is missing in it");
        Files.write(file, good);
        rewrite(entries -> {
            entries.put("more", new byte[1]);
            return entries;
        });
        refusedAsItIs("it holds 'more', which its manifest does not name");
    }

    @Test
    void namesThatLeadElsewhereAndSizesOutOfRangeAreRefused() throws Exception {
        try (TestNode node = full()) {
            backup(node);
        }
        byte[] good = Files.readAllBytes(file);
        for (String name : List.of(
                "../policy.yaml",
                "/etc/passwd",
                "etc/../x.config",
                "etc/sub/x.config",
                "releases/demo/../../x.wasm",
                "data/io.patchbay.wasmhost/key",
                "admin.token",
                "audit/x.jsonl",
                "C:\\\\x.config")) {
            Files.write(file, good);
            manifest("\"policy.yaml\"", "\"" + name + "\"");
            refusedAsItIs("which has no place in a data folder");
        }
        Files.write(file, good);
        manifest(
                "\"name\": \"policy.yaml\",\n      \"bytes\": 11",
                "\"name\": \"policy.yaml\",\n      \"bytes\": 99999999");
        refusedAsItIs("'policy.yaml' with 99999999 bytes, which is out of range");
        Files.write(file, good);
        manifest("\"name\": \"policy.yaml\"", "\"name\": \"registry.db\"");
        refusedAsItIs("names 'registry.db' twice");
    }

    @Test
    void aRegistryOfANewerVersionInABackupIsRefused() throws Exception {
        try (TestNode node = full()) {
            backup(node);
        }
        rewrite(entries -> {
            try {
                Path registry = Files.write(temp.resolve("registry.db"), entries.get("registry.db"));
                try (var connection = org.sqlite.JDBC.createConnection(
                                "jdbc:sqlite:" + registry, new java.util.Properties());
                        var statement = connection.createStatement()) {
                    statement.execute("PRAGMA user_version = 99");
                }
                byte[] changed = Files.readAllBytes(registry);
                String json = new String(entries.get("manifest.json"), StandardCharsets.UTF_8);
                String digest = java.util.HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest(changed));
                json = json.replaceAll(
                        "(\"name\": \"registry.db\",\\s*\"bytes\": )\\d+(,\\s*\"sha256\": \")[0-9a-f]{64}",
                        "$1" + changed.length + "$2" + digest);
                entries.put("manifest.json", json.getBytes(StandardCharsets.UTF_8));
                entries.put("registry.db", changed);
                return entries;
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        refusedAsItIs("was written by a newer Patchbay (schema 99");
    }

    @Test
    void anExchangeThatWasKilledAtAnyStepIsFinishedByTheNextStartAndOneThatWasNotDecidedIsForgotten() throws Exception {
        try (TestNode node = full()) {
            backup(node);
        }
        int files;
        try (BackupFile.Reader backup = BackupFile.open(file)) {
            files = backup.manifest().items().size();
        }
        for (int moved = -1; moved <= files; moved++) {
            Path folder = Files.createTempDirectory(temp, "killed");
            try (TestNode node = TestNode.opened(folder)) {
                node.install(node.artifact("mine", "1.0.0"));
            }
            Path data = folder.resolve("data");
            Restoration restoration = new Restoration(data);
            try (BackupFile.Reader backup = BackupFile.open(file)) {
                restoration.stage(backup, Progress.NONE);
                if (moved >= 0) {
                    restoration.decide(backup.manifest());
                }
            }
            Path fresh = data.resolve(".restore/new");
            FolderTree.files(fresh).stream().limit(Math.max(0, moved)).forEach(staged -> move(fresh, staged, data));
            try (TestNode node = TestNode.opened(folder)) {
                if (moved < 0) {
                    assertThat(node.call("mine")).isEqualTo("1.0.0 ");
                    assertThat(node.archived()).hasSize(1);
                } else {
                    assertThat(node.call("demo")).as("after " + moved).isEqualTo("1.1.0 info.now");
                    assertThat(node.admin.plugin("mine")).isEmpty();
                    assertThat(node.archived()).hasSize(3);
                }
                assertThat(data.resolve(".restore")).doesNotExist();
            }
        }
    }

    private static void move(Path fresh, Path staged, Path data) {
        try {
            Path target = data.resolve(fresh.relativize(staged).toString());
            Files.createDirectories(target.getParent());
            Files.move(staged, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
