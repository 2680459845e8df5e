// SPDX-License-Identifier: Apache-2.0
package io.patchbay.examples.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.plugin.Plugin;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.plugin.PluginResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportDeskTest {
    /** What a plugin does with a request. */
    private interface Answering {
        PluginResponse answer(PluginRequest request) throws PluginCallException;
    }

    private static ReportDesk desk(Answering answering) {
        Plugin plugin = new Plugin() {
            @Override
            public String id() {
                return "export-report";
            }

            @Override
            public PluginResponse call(PluginRequest request) throws PluginCallException {
                return answering.answer(request);
            }
        };
        return new ReportDesk(plugin, Duration.ofSeconds(3));
    }

    private static PluginResponse response(int status, String body) {
        return new PluginResponse(
                status, "text/plain", Map.of(), body.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    @Test
    void aReportIsWhatThePluginAnswersToTheTask() {
        ReportDesk desk = desk(request -> response(
                0, request.method() + " " + request.path() + " " + request.rawQuery() + " " + request.timeout()));

        assertThat(desk.make("a&b=\u00fc")).isEqualTo("GET /export taskId=a%26b%3D%C3%BC Optional[PT3S]");
    }

    @ParameterizedTest
    @CsvSource({"BUSY, true", "RESTARTING, true", "CUT_OFF, false", "FAILED, false", "NOT_ENABLED, false"})
    void whoIsRefusedIsToldWhetherToTryAgain(Reason reason, boolean worthAnotherTry) {
        ReportDesk desk = desk(request -> {
            throw new PluginCallException(reason, "why");
        });

        assertThatThrownBy(() -> desk.make("x"))
                .isInstanceOfSatisfying(
                        ReportException.class,
                        refusal -> assertThat(refusal.isWorthAnotherTry()).isEqualTo(worthAnotherTry))
                .hasMessage("there is no report: why");
    }

    @Test
    void anAnswerThatIsNoReportIsNotTakenForOne() {
        assertThatThrownBy(() -> desk(request -> response(404, "no")).make("x"))
                .isInstanceOf(ReportException.class)
                .hasMessage("there is no report: the plugin answered 404");
    }
}
