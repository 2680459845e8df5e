// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTextTest {
    @ParameterizedTest
    @CsvSource({
        "content-type, Content-Type",
        "X-REQUEST-ID, X-Request-Id",
        "eTag, Etag",
        "x--a, X--A",
        "x_a, X_a",
        "bad name, bad name",
        "xä, xä",
    })
    void aNameHasOneForm(String received, String canonical) {
        assertThat(HeaderText.canonical(received)).isEqualTo(canonical);
    }
}
