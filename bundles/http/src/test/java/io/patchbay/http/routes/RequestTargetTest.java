// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    @ParameterizedTest
    @CsvSource({
        "/x/demo, demo, /",
        "/x/demo/, demo, /",
        "/x/demo/a/b/, demo, /a/b/",
        "/x/demo//a, demo, //a",
        "/x/%64emo/a, demo, /a",
        "/x/demo/a%20b, demo, /a b",
        "/x/demo/a%2520b, demo, /a%20b",
        "/x/demo/a+b, demo, /a+b",
        "/x/demo/a;v=1/b, demo, /a;v=1/b",
        "/x/demo/..a/b.., demo, /..a/b..",
        "/x/demo/a%5Cb, demo, /a\\b",
        "/x/demo/%C3%BC, demo, /ü",
        "/x/demo/a%20, demo, /a",
        "/x/%20demo%20/a, demo, /a",
        "/x/Demo.1-2/~, Demo.1-2, /~",
    })
    void aPathIsDecodedOnce(String raw, String plugin, String path) throws Exception {
        assertThat(RequestTarget.of(raw)).isEqualTo(new RequestTarget(plugin, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x/demo/%ff%C3", "/x/demo/%ed%a0%80"})
    void bytesThatAreNoUtf8AreKept(String raw) throws Exception {
        assertThat(RequestTarget.of(raw).path()).matches("/[\ud800-\udfff]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/x", "/x/", "/x//demo", "/y/demo", "x/demo", "/X/demo", "/x/%20/a", "*"})
    void whatNamesNoPluginIsNotFound(String raw) {
        assertThatThrownBy(() -> RequestTarget.of(raw))
                .hasMessage("Dynamic route not found")
                .isInstanceOfSatisfying(
                        RefusedRequestException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(404));
    }

    @ParameterizedTest
    @CsvSource({
        "/x/demo/a%2fb, encoded slash",
        "/x/demo%2Fa, encoded slash",
        "/x/demo/../a, dot segment",
        "/x/demo/., dot segment",
        "/x/./demo, dot segment",
        "/x/../x/demo, dot segment",
        "/x/demo/%2e%2E/a, dot segment",
        "/x/demo/.%2e, dot segment",
        "/x/demo/..;a=b/c, dot segment",
        "/x/demo/%2e;/c, dot segment",
        "/x/demo/%00, control character",
        "/x/demo/a%0d%0aX: 1, control character",
        "/x/demo/%7f, control character",
        "/x/demo/%, bad percent escape",
        "/x/demo/%4, bad percent escape",
        "/x/demo/%4g, bad percent escape",
        "/x/demo/%u0041, bad percent escape",
        "/x/demo/ü, not encoded",
        "/x/demo/０, not encoded",
    })
    void whatServersReadDifferentlyIsRefused(String raw, String why) {
        assertThatThrownBy(() -> RequestTarget.of(raw))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        RefusedRequestException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(400));
    }
}
