// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.http.routes.Answer.Header;
import io.patchbay.plugin.PluginResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestAnswersTest {
    private final RouteCounters counters = new RouteCounters();
    private final GuestAnswers answers = new GuestAnswers(() -> Limits.with(16, 10, 1_000), counters);

    private Answer of(int status, String type, Map<String, List<String>> headers) {
        return answers.of("demo", new PluginResponse(status, type, headers, "body".getBytes(UTF_8), Optional.empty()));
    }

    private double metric(String name, Map<String, String> labels) {
        return counters.metrics().stream()
                .filter(metric -> metric.name().equals(name) && metric.labels().equals(labels))
                .mapToDouble(metric -> metric.value())
                .sum();
    }

    private double bad(String reason) {
        return metric("patchbay_http_bad_answers_total", Map.of("plugin", "demo", "reason", reason));
    }

    @Test
    void headersAreAddedInTheirOrder() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Set-Cookie", List.of("a=1", "b=2"));
        headers.put(" X-Trimmed ", List.of(""));
        Answer answer = of(0, " text/html ", headers);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("text/html");
        assertThat(answer.headers())
                .containsExactly(
                        new Header("Set-Cookie", "a=1"), new Header("Set-Cookie", "b=2"), new Header("X-Trimmed", ""));
        assertThat(answer.body()).isEqualTo("body".getBytes(UTF_8));
    }

    @Test
    void theTypeReplacesThatOfTheHeadersUnlessItIsBlank() {
        Map<String, List<String>> headers = Map.of("content-type", List.of("text/html"));

        assertThat(of(200, "text/plain", headers).headers()).isEmpty();
        assertThat(of(200, " ", headers).headers()).containsExactly(new Header("content-type", "text/html"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 99, 100, 103, 199, 600, 1000, Integer.MAX_VALUE})
    void aStatusThatNoAnswerCanHaveIsRefused(int status) {
        assertThat(of(status, "", Map.of()).status()).isEqualTo(500);
        assertThat(bad("status")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\nb", "a\rb", "a\u0000b", "a\u001bb", "a\u007fb"})
    void aValueThatBreaksTheLineIsRefused(String value) {
        assertThat(of(200, "", Map.of("X-A", List.of("fine", value))).status()).isEqualTo(500);
        assertThat(of(200, value, Map.of()).status()).isEqualTo(500);
        assertThat(of(200, "", Map.of("Content-Length", List.of(value))).status())
                .as("also where it would be left out")
                .isEqualTo(500);
        assertThat(bad("header")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "X A", "X:A", "X\r\nA", "X-ä", "(X)", "X,Y", "X\"", "X\u0000"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThat(of(200, "", Map.of(name, List.of("1"))).status()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "CONTENT-LENGTH",
                "transfer-encoding",
                "Keep-Alive",
                "Upgrade",
                "Trailer",
                "TE",
                "Proxy-Connection",
                "Proxy-Authenticate"
            })
    void whatBelongsToTheConnectionIsLeftOutAndCounted(String name) {
        Answer answer = of(200, "", Map.of(name, List.of("1"), "X-Kept", List.of("1")));

        assertThat(answer.headers()).containsExactly(new Header("X-Kept", "1"));
        assertThat(metric("patchbay_http_dropped_headers_total", Map.of("plugin", "demo")))
                .isEqualTo(1);
    }

    @Test
    void tooManyHeadersAreRefused() {
        assertThat(of(200, "", Map.of("X-A", List.of("x".repeat(490)))).status())
                .isEqualTo(200);
        assertThat(of(200, "", Map.of("X-A", List.of("x".repeat(300), "x".repeat(300))))
                        .status())
                .isEqualTo(500);
        assertThat(bad("header_size")).isEqualTo(1);
    }

    @Test
    void bytesOfAGuestStayThemselves() {
        Answer answer = of(200, "", Map.of("X-A", List.of("ü\udcff")));

        assertThat(answer.headers()).containsExactly(new Header("X-A", "\u00c3\u00bc\u00ff"));
        assertThat(HeaderText.received("\u00c3\u00bc\u00ff")).isEqualTo("ü\udcff");
    }
}
