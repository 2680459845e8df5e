// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
    private static final StateScope SCOPE = new StateScope("demo", 0);
    private static final StateQuota QUOTA = new StateQuota(10_000, 16 * 1024 * 1024);

    @TempDir
    Path folder;

    private SqliteStore open() {
        return SqliteStore.open(folder.resolve("state.db"), Durability.POWER, 1 << 20);
    }

    @Test
    void whatWasAcknowledgedIsThereAfterReopeningUnderTheSameStoreId() throws QuotaExceededException {
        UUID id;
        try (SqliteStore store = open()) {
            id = store.identity().id();
            store.putMany(SCOPE, Map.of("a", "1", "empty", ""), QUOTA);
        }
        try (SqliteStore store = open()) {
            assertThat(store.identity().id()).isEqualTo(id);
            assertThat(store.get(SCOPE, "a")).contains("1");
            assertThat(store.get(SCOPE, "empty")).contains("");
            assertThat(store.get(SCOPE, "missing")).isEmpty();
        }
    }

    @Test
    void aCopyThatWasMadeWhileTheStoreIsWrittenIsTheStoreAsItWasAtOneMoment() throws Exception {
        Path copy = folder.resolve("copy.db");
        UUID id;
        try (SqliteStore store = open()) {
            id = store.identity().id();
            store.putMany(SCOPE, Map.of("before", "yes"), QUOTA);
            ExecutorService writer = Executors.newSingleThreadExecutor();
            CountDownLatch written = new CountDownLatch(1);
            try {
                Future<?> writing = writer.submit(() -> {
                    for (int number = 0; !Files.exists(copy); number++) {
                        store.putMany(SCOPE, Map.of("x", "" + number, "y", "" + number), QUOTA);
                        written.countDown();
                    }
                    return null;
                });
                assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
                store.copyTo(copy);
                writing.get();
            } finally {
                writer.shutdown();
            }
            store.putMany(SCOPE, Map.of("after", "yes"), QUOTA);
        }
        assertThat(folder.resolve("copy.db-wal")).doesNotExist();
        try (SqliteStore store = SqliteStore.open(copy, Durability.POWER, 0)) {
            assertThat(store.identity().id()).isEqualTo(id);
            assertThat(store.get(SCOPE, "before")).contains("yes");
            assertThat(store.get(SCOPE, "after")).isEmpty();
            assertThat(store.get(SCOPE, "x")).isPresent().isEqualTo(store.get(SCOPE, "y"));
        }
    }

    @Test
    void keysAndValuesKeepEveryCharacter() throws QuotaExceededException {
        Map<String, String> odd =
                Map.of("nul\0key", "v\0", "' OR 1=1 --", "%_", "ключ 😀", "значение", "a", "A", "A", "a");
        try (SqliteStore store = open()) {
            store.putMany(SCOPE, odd, QUOTA);
        }
        try (SqliteStore store = open()) {
            assertThat(store.getMany(SCOPE, odd.keySet())).isEqualTo(odd);
        }
    }

    @Test
    void aScopeSeesNoOtherScope() throws QuotaExceededException {
        try (SqliteStore store = open()) {
            store.putMany(SCOPE, Map.of("k", "platform"), QUOTA);
            store.putMany(new StateScope("demo", 7), Map.of("k", "tenant"), QUOTA);
            store.putMany(new StateScope("other", 0), Map.of("k", "other"), QUOTA);
            assertThat(store.get(SCOPE, "k")).contains("platform");
            assertThat(store.scopes("demo")).containsExactly(SCOPE, new StateScope("demo", 7));
            store.purge("demo");
            assertThat(store.get(SCOPE, "k")).isEmpty();
            assertThat(store.usage(SCOPE)).isEqualTo(StateUsage.EMPTY);
            assertThat(store.get(new StateScope("other", 0), "k")).contains("other");
        }
    }

    @Test
    void aWriteOverTheQuotaWritesNothingAndOverwritingRefunds() throws QuotaExceededException {
        StateQuota tight = new StateQuota(2, 10);
        try (SqliteStore store = open()) {
            store.putMany(SCOPE, Map.of("a", "1234"), tight);
            store.putMany(SCOPE, Map.of("a", "123456789"), tight);
            assertThatThrownBy(() -> store.putMany(SCOPE, Map.of("a", "1234567890"), tight))
                    .isInstanceOfSatisfying(QuotaExceededException.class, refused -> {
                        assertThat(refused.unit()).isEqualTo(QuotaExceededException.Unit.BYTES);
                        assertThat(refused.limit()).isEqualTo(10);
                    });
            assertThatThrownBy(() -> store.putMany(SCOPE, Map.of("b", "", "c", ""), tight))
                    .isInstanceOfSatisfying(
                            QuotaExceededException.class,
                            refused -> assertThat(refused.unit()).isEqualTo(QuotaExceededException.Unit.KEYS));
            assertThat(store.get(SCOPE, "a")).contains("123456789");
            assertThat(store.usage(SCOPE)).isEqualTo(new StateUsage(1, 10));
            store.removeMany(SCOPE, List.of("a", "missing"));
            assertThat(store.usage(SCOPE)).isEqualTo(StateUsage.EMPTY);
        }
    }

    @Test
    void entriesAreListedInTheOrderOfTheirBytes() throws QuotaExceededException {
        try (SqliteStore store = open()) {
            store.putMany(SCOPE, Map.of("b", "2", "😀", "4", "\uffee", "3", "a", "1"), QUOTA);
            assertThat(store.entries(SCOPE, Optional.empty(), 3))
                    .containsExactly(new StateEntry("a", "1"), new StateEntry("b", "2"), new StateEntry("\uffee", "3"));
            assertThat(store.entries(SCOPE, Optional.of("\uffee"), 3)).containsExactly(new StateEntry("😀", "4"));
        }
    }

    @Test
    void concurrentWritersLoseNothingAndTheQuotaHolds() throws Exception {
        StateQuota quota = new StateQuota(150, 1 << 20);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (SqliteStore store = open()) {
            Callable<Integer> writer = () -> {
                int written = 0;
                for (int i = 0; i < 50; i++) {
                    String key = Thread.currentThread().getName() + i;
                    try {
                        store.putMany(SCOPE, Map.of(key, "v"), quota);
                        assertThat(store.get(SCOPE, key)).contains("v");
                        written++;
                    } catch (QuotaExceededException full) {
                        assertThat(store.get(SCOPE, key)).isEmpty();
                    }
                }
                return written;
            };
            int written = 0;
            for (Future<Integer> done : threads.invokeAll(List.of(writer, writer, writer, writer))) {
                written += done.get();
            }
            assertThat(written).isEqualTo(150);
            assertThat(store.usage(SCOPE).keys()).isEqualTo(150);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aReaderNeverSeesHalfOfABatchNorAnOlderValueThanAnAcknowledgedOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (SqliteStore store = open()) {
            store.putMany(SCOPE, Map.of("x", "0", "y", "0"), QUOTA);
            Future<?> writer = threads.submit(() -> {
                for (int i = 1; i <= 300; i++) {
                    String value = Integer.toString(i);
                    store.putMany(SCOPE, Map.of("x", value, "y", value), QUOTA);
                    assertThat(store.get(SCOPE, "x")).contains(value);
                }
                return null;
            });
            while (!writer.isDone()) {
                Map<String, String> both = store.getMany(SCOPE, List.of("x", "y"));
                assertThat(both.get("x")).isEqualTo(both.get("y"));
            }
            writer.get();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aDamagedFileIsRefusedAndKept() throws Exception {
        Path file = folder.resolve("state.db");
        try (SqliteStore store = open()) {
            Map<String, String> many = new HashMap<>();
            for (int i = 0; i < 100; i++) {
                many.put("key" + i, "x".repeat(2_000));
            }
            store.putMany(SCOPE, many, QUOTA);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("garbage".repeat(600).getBytes(StandardCharsets.UTF_8)), 8_192);
        }
        byte[] damaged = Files.readAllBytes(file);
        assertThatThrownBy(this::open)
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("damaged");
        assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndKept() throws IOException {
        Path file = folder.resolve("state.db");
        Files.writeString(file, "this is not a database, it is a text of some length\n".repeat(200));
        assertThatThrownBy(this::open).isInstanceOf(ProviderException.class).hasMessageContaining("damaged");
        assertThat(file).content().startsWith("this is not a database");
    }

    @Test
    void aFullDiskFailsTheWriteAloneAndTheStoreGoesOnWhenThereIsSpaceAgain() throws Exception {
        try (SqliteStore store = open();
                Connection other = new StoreFile(folder.resolve("state.db"), Durability.POWER).connect(true);
                Statement disk = other.createStatement()) {
            store.putMany(SCOPE, Map.of("a", "1"), QUOTA);
            disk.execute("CREATE TRIGGER full BEFORE INSERT ON entries WHEN NEW.key = CAST('big' AS BLOB)"
                    + " BEGIN SELECT RAISE(ROLLBACK, 'database or disk is full'); END");
            assertThatThrownBy(() -> store.putMany(SCOPE, Map.of("big", "x", "b", "2"), QUOTA))
                    .isInstanceOf(ProviderException.class);
            assertThat(store.health().status()).isEqualTo(ProviderHealth.Status.DEGRADED);
            assertThat(store.get(SCOPE, "b")).isEmpty();
            disk.execute("DROP TRIGGER full");
            store.putMany(SCOPE, Map.of("big", "x"), QUOTA);
            assertThat(store.get(SCOPE, "big")).contains("x");
            assertThat(store.get(SCOPE, "a")).contains("1");
            assertThat(store.health()).isEqualTo(ProviderHealth.UP);
        }
    }

    @Test
    void anotherSchemaVersionIsRefused() throws SQLException {
        Path file = folder.resolve("state.db");
        open().close();
        try (Connection connection = new StoreFile(file, Durability.PROCESS).connect(true);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version=99");
        }
        assertThatThrownBy(this::open).isInstanceOf(ProviderException.class).hasMessageContaining("schema version 99");
    }

    @Test
    void aClosedStoreRefusesCalls() throws QuotaExceededException {
        SqliteStore store = open();
        store.close();
        assertThatThrownBy(() -> store.putMany(SCOPE, Map.of("a", "1"), QUOTA)).isInstanceOf(ProviderException.class);
        assertThatThrownBy(() -> store.usage(SCOPE)).isInstanceOf(ProviderException.class);
    }

    @Test
    void itWorksWithoutACache() throws QuotaExceededException {
        try (SqliteStore store = SqliteStore.open(folder.resolve("state.db"), Durability.PROCESS, 0)) {
            store.putMany(SCOPE, Map.of("a", "1"), QUOTA);
            assertThat(store.get(SCOPE, "a")).contains("1");
            store.putMany(SCOPE, Map.of("a", "2"), QUOTA);
            assertThat(store.get(SCOPE, "a")).contains("2");
        }
    }
}
