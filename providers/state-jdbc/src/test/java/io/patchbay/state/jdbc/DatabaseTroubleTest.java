// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.provider.ProviderException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseTroubleTest {
    private final DatabaseTrouble trouble = new DatabaseTrouble(
            DatabaseAddress.ofUrl("jdbc:postgresql://db.example:5432/state?sslmode=require", "patchbay", "s3cret"));

    @Test
    void noSecretTravelsInAnError() {
        ProviderException explained =
                trouble.explain(new SQLException("cannot connect", "08001", new SQLException("tried s3cret")));
        assertThat(explained).hasMessageContaining("db.example").hasNoCause();
        assertThat(trouble.explain(new SQLException("harmless", "08001"))).hasCauseInstanceOf(SQLException.class);
        assertThat(trouble.address().toString()).doesNotContain("s3cret");
    }

    @Test
    void aPasswordInTheUrlIsRefused() {
        for (String url : new String[] {
            "jdbc:postgresql://db/x?user=a&password=b", "jdbc:h2:/x;PASSWORD=b", "jdbc:postgresql://a:b@db/x"
        }) {
            assertThatThrownBy(() -> DatabaseAddress.ofUrl(url, "", ""))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining(".password");
        }
    }

    @Test
    void theParametersOfAUrlAreNotShown() {
        assertThat(trouble.describe(new SQLException("x", "08006")))
                .contains("jdbc:postgresql://db.example:5432/state cannot be reached")
                .doesNotContain("sslmode");
        assertThat(trouble.describe(new SQLException("The server does not support SSL.\nMore.", "08004")))
                .contains("(SQLSTATE 08004: The server does not support SSL.)");
        assertThat(trouble.describe(new SQLException("tried s3cret", "08004"))).contains("(SQLSTATE 08004)");
    }

    @Test
    void settingsOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> new JdbcSettings("x", 0, Duration.ofSeconds(3)))
                .hasMessageContaining("pool.size");
        assertThatThrownBy(() -> new JdbcSettings("x", 1, Duration.ofMillis(1)))
                .hasMessageContaining("patchbay.call.timeout");
    }
}
