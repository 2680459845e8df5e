// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryStringTest {
    @Test
    void valuesKeepTheirOrder() {
        assertThat(QueryString.decode("a=1&b=2&a=3")).isEqualTo(Map.of("a", List.of("1", "3"), "b", List.of("2")));
    }

    @Test
    void plusAndEscapesAreDecodedAsUtf8() {
        assertThat(QueryString.decode("q=a+b%20c&n%C3%A4me=%e2%82%ac%2B"))
                .isEqualTo(Map.of("q", List.of("a b c"), "näme", List.of("€+")));
    }

    @Test
    void aNameWithoutValueIsEmpty() {
        assertThat(QueryString.decode("a&b=&=c"))
                .isEqualTo(Map.of("a", List.of(""), "b", List.of(""), "", List.of("c")));
    }

    @Test
    void badPairsAreLeftOut() {
        assertThat(QueryString.decode("a=%&b=%4&c=%zz&d=1;e=2&f=ok&&g=%41"))
                .isEqualTo(Map.of("f", List.of("ok"), "g", List.of("A")));
        assertThat(QueryString.decode("")).isEmpty();
    }
}
