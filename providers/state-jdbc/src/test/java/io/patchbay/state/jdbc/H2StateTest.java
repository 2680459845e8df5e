// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.provider.Durability;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2StateTest {
    @TempDir
    Path folder;

    static Database file(Path path) {
        // Without the file's compaction, which takes a fifth of a second at each closing.
        return h2("jdbc:h2:" + path + ";MAX_COMPACT_TIME=0");
    }

    static Database memory() {
        return h2("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    private static Database h2(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        return new Database(source);
    }

    @Test
    void aFileKeepsWhatWasAcknowledgedUnderTheSameStoreId() throws Exception {
        Database database = file(folder.resolve("reopened"));
        StateScope scope = new StateScope("demo", 0);
        JdbcStateProvider first = database.open();
        UUID id = first.store().id();
        assertThat(first.store().durability()).isEqualTo(Durability.PROCESS);
        first.putMany(scope, Map.of("k", "v"), new StateQuota(10, 100));
        first.deactivate();
        JdbcStateProvider second = database.open();
        assertThat(second.store().id()).isEqualTo(id);
        assertThat(second.get(scope, "k")).contains("v");
        second.deactivate();
    }

    @Test
    void aDatabaseInMemoryIsDeclaredNotDurable() throws Exception {
        JdbcStateProvider provider = memory().open();
        assertThat(provider.store().durability()).isEqualTo(Durability.NONE);
        provider.deactivate();
    }
}
