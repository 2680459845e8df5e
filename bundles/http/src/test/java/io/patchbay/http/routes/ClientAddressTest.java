// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    private static Map<String, List<String>> forwarded(String... values) {
        return Map.of("X-Forwarded-For", List.of(values));
    }

    @Test
    void whatAnUntrustedPeerClaimsIsIgnored() {
        ClientAddress nobody = ClientAddress.trusting(List.of());
        ClientAddress others = ClientAddress.trusting(List.of("10.0.0.0/8"));

        assertThat(nobody.of("192.0.2.7", forwarded("203.0.113.5"))).isEqualTo("192.0.2.7");
        assertThat(others.of("192.0.2.7", forwarded("203.0.113.5"))).isEqualTo("192.0.2.7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.5|203.0.113.5",
                "198.51.100.9, 203.0.113.5|203.0.113.5",
                "203.0.113.5, 10.1.2.3|203.0.113.5",
                "203.0.113.5, 10.1.2.3, ::1|203.0.113.5",
                "10.9.9.9, 10.1.2.3|10.9.9.9",
                "2001:db8::7, 10.1.2.3|2001:db8::7",
                "evil.example, 10.1.2.3|10.1.2.3",
                "203.0.113.5:4711|10.0.0.1",
                "999.1.1.1|10.0.0.1",
                ":::::|10.0.0.1",
                "unknown|10.0.0.1",
            })
    void theLastAddressThatIsNoTrustedProxysIsTheClients(String header, String client) {
        ClientAddress proxies = ClientAddress.trusting(List.of("10.0.0.0/8", "::1"));

        assertThat(proxies.of("10.0.0.1", forwarded(header))).isEqualTo(client);
        assertThat(proxies.of("10.0.0.1", Map.of())).isEqualTo("10.0.0.1");
    }

    @Test
    void severalHeaderLinesAreOneList() {
        ClientAddress proxies = ClientAddress.trusting(List.of("10.0.0.0/8"));

        assertThat(proxies.of("10.0.0.1", forwarded("198.51.100.9", "203.0.113.5, 10.1.1.1")))
                .isEqualTo("203.0.113.5");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.128/25, 192.0.2.129, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "0.0.0.0/0, 192.0.2.127, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, ::1, false",
    })
    void aBlockHasTheAddressesOfItsPrefix(String block, String peer, boolean isTrusted) {
        String client = ClientAddress.trusting(List.of(block)).of(peer, forwarded("203.0.113.5"));

        assertThat(client).isEqualTo(isTrusted ? "203.0.113.5" : peer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0", "::1/129", "a/8"})
    void whatIsNoBlockIsNamed(String text) {
        assertThatThrownBy(() -> ClientAddress.trusting(List.of("10.0.0.0/8", text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
