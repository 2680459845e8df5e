// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private final Database database = H2StateTest.memory();

    @Test
    void aNewerSchemaIsRefusedAndLeftAsItIs() throws Exception {
        database.open().deactivate();
        database.execute("UPDATE patchbay_state_store SET version=99");
        assertRefused("schema version 99");
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT version FROM patchbay_state_store")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(99);
        }
    }

    @Test
    void tablesOfSomebodyElseAreRefused() throws Exception {
        database.execute("CREATE TABLE patchbay_state_store (something INTEGER)");
        assertRefused("not a Patchbay state store");
        database.dropAll();
        database.execute("CREATE TABLE patchbay_state_entries (something INTEGER)");
        assertRefused("no patchbay_state_store");
        database.dropAll();
        database.open().deactivate();
        database.execute("UPDATE patchbay_state_store SET application='other'");
        assertRefused("not of this application");
    }

    @Test
    void aSchemaThatWasMadeHalfIsMadeToTheEnd() throws Exception {
        database.open().deactivate();
        database.execute("DELETE FROM patchbay_state_store", "DROP TABLE patchbay_state_entries");
        JdbcStateProvider provider = database.open();
        assertThat(provider.scopes("demo")).isEmpty();
        provider.deactivate();
    }

    @Test
    void anOlderSchemaIsMigratedAndKeepsItsStoreId() throws Exception {
        DatabaseTrouble trouble = new DatabaseTrouble(new DatabaseAddress("test", "", ""));
        List<Function<Dialect, List<String>>> versions = new ArrayList<>(Schema.versions());
        try (Connection connection = database.source().getConnection()) {
            UUID id = new Schema(Dialect.H2, trouble).prepare(connection);
            versions.add(dialect -> List.of("ALTER TABLE patchbay_state_usage ADD COLUMN IF NOT EXISTS extra INTEGER"));
            assertThat(new Schema(Dialect.H2, trouble, versions).prepare(connection))
                    .isEqualTo(id);
            database.execute("SELECT extra FROM patchbay_state_usage");
            assertThatThrownBy(() -> new Schema(Dialect.H2, trouble).prepare(connection))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("schema version 2, this bundle knows 1 to 1");
        }
    }

    private void assertRefused(String text) {
        JdbcStateProvider provider = new JdbcStateProvider(database.opening());
        assertThatThrownBy(() -> Database.ready(provider))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(ProviderException.class)
                .rootCause()
                .hasMessageContaining(text);
        assertThat(provider.health().status()).isEqualTo(ProviderHealth.Status.DOWN);
        assertThat(provider.health().detail()).contains(text);
        assertThatThrownBy(() -> provider.scopes("demo")).hasMessageContaining(text);
        provider.deactivate();
    }
}
