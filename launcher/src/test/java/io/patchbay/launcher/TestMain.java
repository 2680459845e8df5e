// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** {@link Main} with a jar of the test's own as first argument. */
public final class TestMain {
    private TestMain() {}

    public static void main(String[] args) {
        Launcher launcher = new Launcher(Path.of(args[0]), Path.of(""), System.getenv(), Duration.ZERO, System.err);
        System.exit(launcher.run(Arrays.copyOfRange(args, 1, args.length)));
    }
}
