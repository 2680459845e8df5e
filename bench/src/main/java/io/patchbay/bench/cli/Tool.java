// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands as a person at a shell would, and looks at what they give. */
public final class Tool {
    private static final long LIMIT_MINUTES = 30;

    private final Path folder;
    private final Path scratch;
    private final Map<String, String> environment;

    /**
     * What a command gave.
     *
     * @param exit its exit code
     * @param out standard output
     * @param err standard error
     * @param seconds how long it took, start and end included
     */
    public record Result(int exit, String out, String err, double seconds) {
        public Result orFail() {
            if (exit != 0) {
                throw new AssertionError("exit " + exit + ": " + err);
            }
            return this;
        }
    }

    /**
     * A place to run commands in.
     *
     * @param folder the working directory
     * @param scratch where outputs are put
     * @param environment added to this process's environment
     */
    public Tool(Path folder, Path scratch, Map<String, String> environment) {
        this.folder = folder;
        this.scratch = scratch;
        this.environment = new HashMap<>(environment);
    }

    public Result run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }

    /** Runs one, with nothing on standard input. */
    public Result run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(scratch, "out", ".txt");
        Path err = Files.createTempFile(scratch, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(
                        Files.createTempFile(scratch, "in", ".txt").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        long begin = System.nanoTime();
        Process process = builder.start();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end within " + LIMIT_MINUTES + " minutes");
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Result(process.exitValue(), text(out), text(err), seconds);
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
