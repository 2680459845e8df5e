// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.AdminException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class WantedPortTest {
    @Test
    void aPortThatSomebodyHasIsSaid() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(other.getLocalPort());

            assertThatThrownBy(() -> new WantedPort("127.0.0.1", port).requireFree())
                    .isInstanceOfSatisfying(
                            AdminException.class,
                            refusal -> assertThat(refusal.problem()).isEqualTo(AdminException.Problem.UNAVAILABLE))
                    .hasMessageContaining(port)
                    .hasMessageContaining("--listen");
        }
    }

    @Test
    void anyPortIsFree() {
        assertThatCode(() -> new WantedPort("127.0.0.1", "0").requireFree()).doesNotThrowAnyException();
    }

    @Test
    void aHostThatIsNoneIsSaid() {
        assertThatThrownBy(() -> new WantedPort("no such host", "4711").requireFree())
                .hasMessageContaining("'no such host'");
    }
}
