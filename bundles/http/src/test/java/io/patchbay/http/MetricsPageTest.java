// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.admin.Metric;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    @Test
    void figuresAreWrittenAsPrometheusReadsThem() {
        List<Metric> metrics = List.of(
                new Metric("b_total", "Counted.", Map.of("plugin", "one", "a", "x"), 12_345_678_901.0),
                new Metric("a_seconds", "A\nlong \\ time.", Map.of(), 0.25),
                new Metric("b_total", "Counted.", Map.of("plugin", "q\"uote\\\n"), 1),
                new Metric("c", "", Map.of(), Double.NaN),
                new Metric("c", "", Map.of("of", "infinity"), Double.NEGATIVE_INFINITY));

        AdminPage.Content content = new MetricsPage(() -> metrics).read();

        assertThat(content.contentType()).startsWith("text/plain; version=0.0.4");
        assertThat(content.text()).isEqualTo("""
                        # HELP a_seconds A\\nlong \\\\ time.
                        # TYPE a_seconds gauge
                        a_seconds 0.25
                        # HELP b_total Counted.
                        # TYPE b_total counter
                        b_total{a="x",plugin="one"} 12345678901
                        b_total{plugin="q\\"uote\\\\\\n"} 1
                        # HELP c\s
                        # TYPE c gauge
                        c NaN
                        c{of="infinity"} -Inf""");
    }
}
