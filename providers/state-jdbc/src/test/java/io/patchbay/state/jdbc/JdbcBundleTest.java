// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.itests.harness.Eventually;
import io.patchbay.itests.harness.ProviderContainer;
import io.patchbay.provider.state.StateProvider;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** The bundle with the manifest that it is shipped with. */
class JdbcBundleTest {
    private static final String H2 = "org.h2.Driver";

    @TempDir
    Path folder;

    private ProviderContainer container;

    @BeforeEach
    void start() throws Exception {
        container = new ProviderContainer(
                folder, StateProvider.class, JdbcStateProvider.class, "org.osgi.service.jdbc.DataSourceFactory");
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
        Eventually.holds(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().contains("patchbay-")));
    }

    @Test
    void itServesWhenItsDriverIsThereAndSaysWhatIsMissingWhenItIsNot() throws Exception {
        container.configure(
                JdbcStateProvider.PID, Map.of("patchbay.provider", "first", "url", "jdbc:h2:mem:" + UUID.randomUUID()));
        assertThat(trouble("first")).contains("no bundle offers the JDBC driver " + H2, "installed are: none");
        Bundle driver = container.install(H2);
        driver.start();
        assertThat(readiness("first")).isEmpty();
        assertThat(container.call(provider("first"), "scopes", "demo")).isEqualTo(List.of());
        driver.stop();
        assertThat(trouble("first")).contains("no bundle offers the JDBC driver " + H2);
        driver.start();
        assertThat(readiness("first")).isEmpty();
    }

    @Test
    void aDriverThatTheSettingsNameIsTakenOrMissedByItsName() throws Exception {
        container.install(H2).start();
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        container.configure(JdbcStateProvider.PID, Map.of("patchbay.provider", "named", "url", url, "driver", H2));
        container.configure(
                JdbcStateProvider.PID,
                Map.of("patchbay.provider", "mistyped", "url", url, "driver", "org.example.Driver"));

        assertThat(readiness("named")).isEmpty();
        assertThat(trouble("mistyped"))
                .contains("no bundle offers the JDBC driver org.example.Driver that the setting driver names")
                .contains("installed are: " + H2);
    }

    @Test
    void eachConfigurationIsAProviderAndItsPasswordIsNoServiceProperty() throws Exception {
        container.install(H2).start();
        Object one = container.configure(
                JdbcStateProvider.PID,
                Map.of(
                        "patchbay.provider", "one",
                        "url", "jdbc:h2:mem:" + UUID.randomUUID(),
                        "user", "sa",
                        ".password", "s3cret",
                        "patchbay.call.timeout", 1_500L));
        container.configure(
                JdbcStateProvider.PID, Map.of("patchbay.provider", "two", "url", "jdbc:h2:mem:" + UUID.randomUUID()));
        assertThat(readiness("one")).isEmpty();
        assertThat(readiness("two")).isEmpty();
        ServiceReference<?> provider = provider("one");
        assertThat(provider.getProperty(Constants.SERVICE_RANKING)).isEqualTo(-1000);
        assertThat(provider.getProperty("patchbay.call.timeout")).isEqualTo(1_500L);
        assertThat(provider.getProperty("patchbay.blocking")).isEqualTo("ALL");
        assertThat(provider.getPropertyKeys()).doesNotContain(".password");
        container.delete(one);
        Eventually.holds(() -> container.providers("one").isEmpty());
        assertThat(container.providers("two")).hasSize(1);
    }

    @Test
    void aDataSourceServiceIsTakenByItsFilter() throws Exception {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of("dataSourceName", "state"));
        container
                .context()
                .registerService(DataSource.class, H2StateTest.memory().source(), properties);
        container.configure(
                JdbcStateProvider.PID,
                Map.of("patchbay.provider", "shared", "dataSource.target", "(dataSourceName=state)"));
        assertThat(readiness("shared")).isEmpty();
        container.configure(
                JdbcStateProvider.PID,
                Map.of("patchbay.provider", "nothing", "dataSource.target", "(dataSourceName=other)"));
        assertThat(trouble("nothing")).contains("no DataSource service matches (dataSourceName=other)");
        container.configure(JdbcStateProvider.PID, Map.of("patchbay.provider", "empty"));
        assertThat(readiness("empty")).contains("set url (with user and .password) or dataSource.target");
    }

    /** A component may be between two activations when it is asked. */
    private String readiness(String name) {
        Eventually.holds(() -> container.providers(name).size() == 1);
        return container.readiness(provider(name));
    }

    /** What a provider says of itself that waits for something. */
    private String trouble(String name) {
        Eventually.holds(() -> container.providers(name).size() == 1
                && !health(name).contains("detail=connecting]")
                && !health(name).contains("status=UP"));
        return health(name);
    }

    private String health(String name) {
        return String.valueOf(container.call(provider(name), "health"));
    }

    private ServiceReference<?> provider(String name) {
        return container.providers(name).get(0);
    }
}
