// SPDX-License-Identifier: Apache-2.0
package io.patchbay.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static Credentials with(String header, String value) {
        return new Credentials(
                "demo", "GET", "/", Map.of(header, List.of(value)), Map.of(), "192.0.2.7:80", "192.0.2.7");
    }

    @ParameterizedTest
    @CsvSource({"Authorization,Bearer t0k-en", "AUTHORIZATION,bearer   t0k-en", "authorization, ' Bearer t0k-en '"})
    void aBearerTokenIsFoundWhateverTheCase(String header, String value) {
        assertThat(with(header, value).bearerToken()).contains("t0k-en");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer  ", "Basic dTpw", "Bearertoken", "token"})
    void whatIsNoBearerTokenIsNone(String value) {
        assertThat(with("Authorization", value).bearerToken()).isEmpty();
    }

    @Test
    void cookiesAreReadOutOfEveryCookieHeader() {
        PluginRequest request = PluginRequest.to("GET", "/")
                .header("Cookie", "a=1; b=\"two\"; a=3;  =x; bad name=1; flag")
                .header("COOKIE", "c=d=e")
                .build();

        assertThat(request.cookies())
                .containsExactly(entry("a", "3"), entry("b", "two"), entry("flag", ""), entry("c", "d=e"));
    }

    @Test
    void aCallerWhomNobodyIdentifiedIsRefused() {
        assertThatThrownBy(() -> PluginRequest.to("GET", "/").build().caller().identify())
                .isInstanceOfSatisfying(
                        PluginCallException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(PluginCallException.Reason.UNAUTHORIZED))
                .hasMessage("Missing Authorization header");
    }
}
