// SPDX-License-Identifier: Apache-2.0
package com.example.reports;

import io.patchbay.plugin.Plugin;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.plugin.PluginResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Makes one report after the other, each in a file of its own. Used by one thread. */
final class ReportFolder {
    private static final int OK = 200;
    /** What comes back is a guest's: look at it before you believe it. */
    private static final int LARGEST = 1 << 20;

    private final Plugin plugin;
    private final Path folder;
    private final Duration timeout;

    ReportFolder(Plugin plugin, Path folder, Duration timeout) {
        this.plugin = plugin;
        this.folder = folder;
        this.timeout = timeout;
    }

    /**
     * Makes one.
     *
     * @return why there is none; empty when there is
     */
    Optional<String> make() {
        String task = UUID.randomUUID().toString();
        PluginRequest request = PluginRequest.to("GET", "/export?taskId=" + task)
                .timeout(timeout)
                .build();
        try {
            PluginResponse response = plugin.call(request);
            if (response.httpStatus() != OK || response.body().length > LARGEST) {
                return Optional.of("no report " + task + ": the plugin answered " + response.httpStatus() + " with "
                        + response.body().length + " bytes");
            }
            keep(task, response.body());
            return Optional.empty();
        } catch (PluginCallException e) {
            return Optional.of("no report " + task + ": " + e.getMessage() + advice(e.reason()));
        } catch (IOException e) {
            return Optional.of("report " + task + " cannot be kept in " + folder + ": " + e);
        }
    }

    private static String advice(PluginCallException.Reason reason) {
        return switch (reason) {
            case BUSY, RESTARTING -> "; nothing has run, the next one may be made";
            default -> "";
        };
    }

    /** Under another name first, so that nobody reads half a report. */
    private void keep(String task, byte[] report) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve(task + ".part");
        Files.write(part, report);
        Files.move(part, folder.resolve(task + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }
}
