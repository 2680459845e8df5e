// SPDX-License-Identifier: Apache-2.0
package com.example.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.plugin.Plugin;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.plugin.PluginResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {
    @TempDir
    Path folder;

    /** What a plugin does with a request. */
    private interface Answering {
        PluginResponse answer(PluginRequest request) throws PluginCallException;
    }

    private ReportFolder with(Answering answering) {
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
        return new ReportFolder(plugin, folder.resolve("reports"), Duration.ofSeconds(3));
    }

    private static PluginResponse response(int status, byte[] body) {
        return new PluginResponse(status, "application/json", Map.of(), body, Optional.empty());
    }

    private List<Path> kept() throws IOException {
        if (!Files.exists(folder.resolve("reports"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve("reports"))) {
            return files.toList();
        }
    }

    @Test
    void eachAnswerIsAFileOfItsOwn() throws Exception {
        ReportFolder reports = with(request -> response(0, request.rawQuery().getBytes(StandardCharsets.UTF_8)));
        assertEquals(Optional.empty(), reports.make());
        assertEquals(Optional.empty(), reports.make());
        assertEquals(2, kept().size());
        for (Path report : kept()) {
            String task = report.getFileName().toString().replace(".json", "");
            assertEquals("taskId=" + task, Files.readString(report));
        }
    }

    @Test
    void aPluginThatIsBusyIsAskedAgainAndTheOperatorToldSo() throws Exception {
        Optional<String> why = with(request -> {
            throw new PluginCallException(Reason.BUSY, "too much is going on");
        }).make();
        assertTrue(why.orElseThrow().endsWith("too much is going on; nothing has run, the next one may be made"));
        assertEquals(List.of(), kept());
    }

    @Test
    void whatIsNoReportIsNotKept() throws Exception {
        assertTrue(with(request -> response(500, new byte[0])).make().orElseThrow().contains("answered 500"));
        assertTrue(with(request -> response(200, new byte[(1 << 20) + 1])).make().isPresent());
        assertEquals(List.of(), kept());
    }
}
