// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest {
    @ParameterizedTest
    @CsvSource({
        "http://0.0.0.0:8181/, http://127.0.0.1:8181/",
        "http://[::]:8181/, http://[::1]:8181/",
        "https://0.0.0.0/patchbay/, https://127.0.0.1/patchbay/",
        "http://192.168.1.7:8080/, http://192.168.1.7:8080/",
        "http://plugins.example:8080/, http://plugins.example:8080/"
    })
    void everyAddressBecomesLoopbackAndOneAddressStays(URI said, URI reachable) {
        assertThat(Endpoints.reachable(said)).isEqualTo(reachable);
    }
}
