// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import io.patchbay.bench.RunOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Maven in a folder, for programs: no questions, no progress.
 *
 * @param options of the run that needs it
 * @param folder where it is called, not null
 */
public record Maven(RunOptions options, Path folder) {
    /**
     * Says what is done and does it; what Maven prints is shown when it fails.
     *
     * @param what is done, for people who wait
     * @param arguments goals and options
     */
    public Tool.Result run(String what, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-q"));
        command.addAll(arguments);
        System.err.println(what + ": " + String.join(" ", command));
        Tool.Result result = tool().run(command);
        if (result.exit() != 0) {
            System.err.print(result.out());
        }
        return result;
    }

    /** The local repository that it would use. */
    public Path localRepository() throws IOException, InterruptedException {
        String path = tool().run(
                        "mvn",
                        "-B",
                        "-q",
                        "-N",
                        "help:evaluate",
                        "-Dexpression=settings.localRepository",
                        "-DforceStdout")
                .orFail()
                .out();
        // Maven resets the colours of a terminal behind it.
        return Path.of(path.replaceAll("\\u001b\\[[0-9;]*m", "").strip());
    }

    private Tool tool() {
        return new Tool(folder, options.scratch(), Map.of());
    }
}
