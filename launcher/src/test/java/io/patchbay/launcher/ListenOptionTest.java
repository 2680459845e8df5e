// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenOptionTest {
    private static ListenOption choose(Map<String, String> environment, String... args) throws UsageException {
        return ListenOption.choose(args, environment);
    }

    @ParameterizedTest
    @CsvSource({
        "9000, 127.0.0.1, 9000",
        "0, 127.0.0.1, 0",
        "0.0.0.0:80, 0.0.0.0, 80",
        "plugins.example:65535, plugins.example, 65535",
        "[::1]:8080, ::1, 8080",
    })
    void aPortMayHaveAHostInFront(String given, String host, int port) throws Exception {
        ListenOption expected = new ListenOption(host, port);

        assertThat(choose(Map.of(), "start", "--listen", given)).isEqualTo(expected);
        assertThat(choose(Map.of(), "start", "--listen=" + given)).isEqualTo(expected);
        assertThat(choose(Map.of("PATCHBAY_LISTEN", given), "start")).isEqualTo(expected);
    }

    @Test
    void theOptionGoesBeforeTheVariableAndThatBeforeTheDefault() throws Exception {
        assertThat(choose(Map.of("PATCHBAY_LISTEN", "1"), "start", "--listen", "2"))
                .isEqualTo(new ListenOption("127.0.0.1", 2));
        assertThat(choose(Map.of("PATCHBAY_LISTEN", ""), "start")).isEqualTo(new ListenOption("127.0.0.1", 8080));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "65536", "-1", ":80", "host:", "a b:80", "::1:80", "[::1]", "http://host:80", "1,2"})
    void whatIsNoPortIsQuoted(String given) {
        assertThatThrownBy(() -> choose(Map.of(), "start", "--listen", given))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--listen", "\"" + given + "\"");
    }

    @Test
    void anOptionWithoutAValueIsSaid() {
        assertThatThrownBy(() -> choose(Map.of(), "start", "--listen")).hasMessageContaining("[HOST:]PORT");
    }
}
