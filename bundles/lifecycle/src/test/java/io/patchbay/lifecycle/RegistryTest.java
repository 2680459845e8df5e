// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.port.MigrationRecord;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.StoreOwner;
import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.StoreIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class RegistryTest {
    @TempDir
    Path temp;

    private Path file;

    @BeforeEach
    void name() {
        file = temp.resolve("registry.db");
    }

    private static final AuditLine LINE = new AuditLine(1, "{}", 0);
    private static final Registry.ArchivedDescriptor NO_ARCHIVE = archive -> {
        throw new RegistryException("no archive here: " + archive);
    };

    private static Decision decision(String service, String method, boolean granted, String... resources) {
        return new Decision(
                new MethodKey(service, method),
                List.of(resources),
                granted,
                "anna",
                "2026-01-01T00:00:00Z",
                Samples.DIGEST_A,
                false);
    }

    private static PluginRecord first(ReleaseRecord release) {
        return PluginRecord.first(release, "command", true);
    }

    private static PluginRecord sample() {
        ReleaseRecord old =
                Samples.release(Samples.descriptor("demo", "1.0.0", Samples.runtime("info.now")), Samples.DIGEST_A);
        ReleaseRecord fresh = Samples.release(
                Samples.descriptor("demo", "1.1.0", Samples.runtime("info.now", "state.get"), Samples.owned()),
                Samples.DIGEST_B);
        Decision now = decision("runtime", "info.now", true);
        Decision mail = decision("acme/mail/v1", "send", false, "smtp", "imap");
        return first(old).withServing(old).withNewest(fresh).withDecisions(Map.of(now.key(), now, mail.key(), mail));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void whatWasSavedIsThereAfterAReopen() throws Exception {
        PluginRecord saved = sample();
        try (Registry registry = Registry.open(file)) {
            registry.save(first(saved.serving().orElseThrow()), LINE);
            registry.save(saved, LINE);
        }
        try (Registry registry = Registry.open(file)) {
            assertThat(registry.plugins(NO_ARCHIVE)).isEqualTo(Map.of("demo", saved));
            assertThat(registry.knows("demo", Samples.DIGEST_A)).isTrue();
            assertThat(registry.knows("other", Samples.DIGEST_A)).isFalse();
            assertThat(registry.archives())
                    .containsExactlyInAnyOrder(
                            saved.newest().archive(),
                            saved.serving().orElseThrow().archive());
        }
    }

    @Test
    void aDescriptorThatDoesNotParseIsReadFromTheArchive() throws Exception {
        PluginRecord saved = sample();
        try (Registry registry = Registry.open(file)) {
            registry.save(first(saved.serving().orElseThrow()), LINE);
            registry.save(saved, LINE);
        }
        execute("UPDATE releases SET descriptor = '{\"id\":\"demo\"}' WHERE digest = '" + Samples.DIGEST_B + "'");
        PluginDescriptor archived = saved.newest().descriptor();
        try (Registry registry = Registry.open(file)) {
            assertThat(registry.plugins(archive -> archived)).isEqualTo(Map.of("demo", saved));
        }
    }

    @Test
    void ownersAreThereAfterAReopen() throws Exception {
        StoreOwner first = new StoreOwner(new StoreIdentity(new UUID(1, 2), Durability.POWER), "sqlite");
        StoreOwner second = new StoreOwner(new StoreIdentity(new UUID(3, 4), Durability.NONE), "memory");
        try (Registry registry = Registry.open(file)) {
            RecordedOwners owners = new RecordedOwners(registry);
            assertThat(owners.owner("state", "demo")).isEmpty();
            assertThat(owners.claim("state", "demo", first)).isEqualTo(first);
            assertThat(owners.claim("state", "demo", second)).isEqualTo(first);
            assertThat(owners.claim("cache", "demo", second)).isEqualTo(second);
            owners.change("cache", "demo", first);
            assertThat(owners.owners("state")).isEqualTo(Map.of("demo", first));
        }
        try (Registry registry = Registry.open(file)) {
            RecordedOwners owners = new RecordedOwners(registry);
            assertThat(owners.owner("state", "demo")).contains(first);
            assertThat(owners.owner("cache", "demo")).contains(first);
        }
    }

    @Test
    void movesAreThereAfterAReopenAndTheLastRecordOfEachCounts() throws Exception {
        MigrationRecord first = move(1, "demo");
        MigrationRecord second = move(2, "other");
        MigrationRecord done = first.with(10, 200, "ab12", 30, 4)
                .in(MigrationRecord.Phase.MOVED, "kept", Instant.parse("2026-01-01T00:00:01Z"));
        try (Registry registry = Registry.open(file)) {
            RecordedMigrations journal = new RecordedMigrations(registry);
            assertThat(journal.migrations()).isEmpty();
            journal.save(first);
            journal.save(second);
            journal.save(done);
        }
        try (Registry registry = Registry.open(file)) {
            assertThat(new RecordedMigrations(registry).migrations()).containsExactly(done, second);
        }
        execute("UPDATE migrations SET phase = 'NOWHERE' WHERE id = 2");
        try (Registry registry = Registry.open(file)) {
            assertThatThrownBy(() -> new RecordedMigrations(registry).migrations())
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("does not parse");
        }
    }

    @Test
    void aMoveIsNotJournalledWhereNothingCanBeWritten() throws Exception {
        Registry.open(file).close();
        try (Registry registry = Registry.openReadOnly(file)) {
            RecordedMigrations journal = new RecordedMigrations(registry);
            assertThatThrownBy(() -> journal.save(move(1, "demo")))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("move 1 of the state of plugin");
            assertThat(journal.migrations()).isEmpty();
        }
    }

    private static MigrationRecord move(long id, String plugin) {
        return new MigrationRecord(
                id,
                "state",
                plugin,
                new StoreOwner(new StoreIdentity(new UUID(1, 2), Durability.POWER), "sqlite"),
                new StoreOwner(new StoreIdentity(new UUID(3, 4), Durability.NONE), "memory"),
                MigrationRecord.Mode.COPY,
                true,
                MigrationRecord.Phase.COPYING,
                0,
                0,
                "",
                0,
                0,
                "begun",
                "anna",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void afterATransactionThatTheDatabaseRolledBackByItselfTheNextOneWorks() throws Exception {
        PluginRecord full = sample();
        PluginRecord small = first(full.serving().orElseThrow());
        Registry.open(file).close();
        // As a full disk does: the whole transaction is gone, whatever the driver believes.
        execute("CREATE TRIGGER full BEFORE INSERT ON decisions BEGIN SELECT RAISE(ROLLBACK, 'no room'); END");
        try (Registry registry = Registry.open(file)) {
            assertThatThrownBy(() -> registry.save(full, LINE)).hasMessageContaining("no room");
            assertThat(registry.plugins(NO_ARCHIVE)).isEmpty();
            registry.save(small, LINE);
            assertThatThrownBy(() -> registry.save(full, LINE)).hasMessageContaining("no room");
            assertThat(registry.plugins(NO_ARCHIVE)).isEqualTo(Map.of("demo", small));
        }
        try (Registry registry = Registry.open(file)) {
            assertThat(registry.plugins(NO_ARCHIVE)).isEqualTo(Map.of("demo", small));
        }
    }

    @Test
    void aNewerSchemaIsRefusedAndKept() throws Exception {
        Registry.open(file).close();
        execute("PRAGMA user_version = 3");
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> Registry.open(file))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("newer Patchbay (schema 3, this one knows 2)")
                .hasMessageContaining(file.toString());
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aRegistryOfAnOlderVersionIsBroughtUpToThisOne() throws Exception {
        makeVersion1();
        PluginDescriptor old = Samples.descriptor("demo", "1.0.0", Samples.runtime("info.now", "info.uuid"));
        PluginDescriptor fresh =
                Samples.descriptor("demo", "1.1.0", Samples.runtime("info.now", "info.uuid", "state.get"));
        PluginDescriptor other = Samples.descriptor("other", "2.0.0");
        Map<String, PluginDescriptor> archives =
                Map.of("releases/demo/a", old, "releases/demo/b", fresh, "releases/other/c", other);
        for (int start = 0; start < 2; start++) {
            try (Registry registry = Registry.open(file)) {
                Map<String, PluginRecord> plugins = registry.plugins(archives::get);
                PluginRecord demo = plugins.get("demo");
                assertThat(demo.activation()).isEqualTo(Activation.ENABLED);
                assertThat(demo.wayIn()).isEqualTo("command");
                assertThat(demo.tenancy()).isEqualTo(Tenancy.of(old));
                assertThat(demo.newest().version()).isEqualTo("1.1.0");
                assertThat(demo.current().servedSince()).isEqualTo("2026-01-01T00:00:00Z");
                assertThat(Consent.of(fresh, demo.decisions()).undecidedNames()).isEqualTo("runtime.state.get");
                assertThat(registry.decisions("demo", Samples.DIGEST_A)).isEqualTo(demo.decisions());
                assertThat(plugins.get("other").activation()).isEqualTo(Activation.DISABLED);
                assertThat(plugins.get("other").disabledWhy()).isEqualTo("by anna");
                assertThat(registry.owners()).containsOnlyKeys(new OwnerKey("state", "demo"));
            }
        }
    }

    @Test
    void anOlderRegistryThatCannotBeWrittenIsRefusedAndKept() throws Exception {
        makeVersion1();
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> Registry.openReadOnly(file)).hasMessageContaining("is of an older version (schema 1)");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    private void makeVersion1() throws Exception {
        String script = new String(
                RegistryTest.class.getResourceAsStream("registry-1.sql").readAllBytes(), StandardCharsets.UTF_8);
        for (String statement : script.split(";\\s*\n", -1)) {
            if (!statement.isBlank()) {
                execute(statement);
            }
        }
    }

    @Test
    void aDamagedFileIsRefusedAndKept() throws Exception {
        Files.writeString(file, "this is no database, it is a text of more than sixteen bytes");
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> Registry.open(file)).hasMessageContaining("is damaged");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void damagedPagesAreRefusedAndKept() throws Exception {
        try (Registry registry = Registry.open(file)) {
            registry.save(first(sample().serving().orElseThrow()), LINE);
        }
        byte[] bytes = Files.readAllBytes(file);
        for (int index = 4096; index < bytes.length; index++) {
            bytes[index] = (byte) 0x5a;
        }
        Files.write(file, bytes);
        assertThatThrownBy(() -> Registry.open(file)).hasMessageContaining("is damaged");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void anEmptyFileIsRefusedAndKept() throws Exception {
        Files.createFile(file);
        assertThatThrownBy(() -> Registry.open(file)).hasMessageContaining("is damaged (it is empty)");
        assertThat(file).isEmptyFile();
    }

    @Test
    void aDatabaseOfSomebodyElseIsRefused() throws Exception {
        execute("CREATE TABLE mine (x)");
        assertThatThrownBy(() -> Registry.open(file)).hasMessageContaining("its tables are not those of schema 1");
    }

    @Test
    void anUnfinishedNewRegistryIsStartedAnew() throws Exception {
        Files.writeString(temp.resolve("registry.db.new"), "half");
        Registry.open(file).close();
        assertThat(temp.resolve("registry.db.new")).doesNotExist();
    }

    @Test
    void aReleaseThatIsNotThereIsDamage() throws Exception {
        try (Registry registry = Registry.open(file)) {
            registry.save(first(sample().serving().orElseThrow()), LINE);
        }
        execute("DELETE FROM releases");
        try (Registry registry = Registry.open(file)) {
            assertThatThrownBy(() -> registry.plugins(NO_ARCHIVE))
                    .hasMessageContaining("is damaged (release aaaaaaaaaaaa");
        }
    }

    @Test
    void aClosedRegistryIsReadOnlyReadable() throws Exception {
        PluginRecord saved = first(sample().serving().orElseThrow());
        try (Registry registry = Registry.open(file)) {
            registry.save(saved, LINE);
        }
        try (Registry registry = Registry.openReadOnly(file)) {
            assertThat(registry.plugins(NO_ARCHIVE)).isEqualTo(Map.of("demo", saved));
            assertThatThrownBy(() -> registry.save(saved.switched(false, ""), LINE))
                    .hasMessageContaining("cannot be written: it is read-only");
        }
    }

    @Test
    void theDriverStaysNowhereInTheJdk() throws Exception {
        Registry.open(file).close();
        assertThat(DriverManager.drivers()).noneMatch(driver -> driver instanceof JDBC);
    }
}
