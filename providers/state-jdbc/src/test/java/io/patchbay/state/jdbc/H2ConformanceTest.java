// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.state.StateProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.Configurations;
import io.patchbay.tck.Fault;
import io.patchbay.tck.Opener;
import io.patchbay.tck.StateProviderContract;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class H2ConformanceTest extends StateProviderContract {
    private static final String SECRET = "hunter2";

    @TempDir
    Path folder;

    private int others;

    private Database database(String name) {
        return H2StateTest.file(folder.resolve(name));
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.of(Ability.DURABLE, Ability.SHARED);
    }

    @Override
    protected StateProvider open() {
        return new JdbcStateProvider(database("store").opening());
    }

    @Override
    protected StateProvider openOther() {
        return new JdbcStateProvider(database("other" + others++).opening());
    }

    @Override
    protected void close(StateProvider provider) {
        ((JdbcStateProvider) provider).deactivate();
    }

    @Override
    protected Map<String, Opener> misconfigured() {
        return Map.of(
                "dataSource.target", () -> configured(Map.of()),
                "pool.size", () -> configured(Map.of("url", "jdbc:h2:mem:x", "pool_size", 0)),
                ".password", () -> configured(Map.of("url", "jdbc:h2:mem:x;PASSWORD=" + SECRET)),
                "pool.size is 1 to 200",
                        () -> configured(Map.of("url", "jdbc:h2:mem:x", "_password", SECRET, "pool_size", 201)),
                "jdbc:other:x", () -> configured(Map.of("url", "jdbc:other:x")),
                "not both", () -> configured(Map.of("url", "jdbc:h2:mem:x", "dataSource_target", "(a=b)")));
    }

    @Override
    protected Set<String> secrets() {
        return Set.of(SECRET);
    }

    private static JdbcStateProvider configured(Map<String, Object> settings) {
        return new JdbcStateProvider(Configurations.of(JdbcStateConfiguration.class, settings), null, List.of());
    }

    @Override
    protected Optional<Fault> fault() {
        return Optional.of(new LostTable(database("store")));
    }

    /** Takes the table of the sums away for a while, so that every write fails at once and for real. */
    record LostTable(Database database) implements Fault {
        @Override
        public void begin() throws Exception {
            database.execute("ALTER TABLE patchbay_state_usage RENAME TO lost");
        }

        @Override
        public void end() throws Exception {
            database.execute("ALTER TABLE lost RENAME TO patchbay_state_usage");
        }
    }
}
