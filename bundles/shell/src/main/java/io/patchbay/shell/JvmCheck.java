// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.Metric;
import io.patchbay.shell.Finding.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the Java virtual machine: its version, its flags, and its heap beside what plugins may take of it. Immutable. */
final class JvmCheck {
    private static final String HUGE_METHODS = "-XX:-DontCompileHugeMethods";
    private static final String NATIVE_ACCESS = "--enable-native-access";
    private static final String UNSAFE = "--sun-misc-unsafe-memory-access";
    private static final int WARNS_OF_NATIVE_ACCESS = 22;
    private static final int WARNS_OF_UNSAFE = 23;

    private static final String NODE_PAGES = "patchbay_guest_memory_limit_pages";
    private static final String INSTANCE_PAGES = "patchbay_instance_memory_limit_pages";
    private static final int PAGES_PER_MEBIBYTE = 16;
    private static final long MEBIBYTE = 1 << 20;

    private final Surroundings surroundings;

    JvmCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * What its flags leave to be wished for.
     *
     * @param version its feature release
     * @param arguments its flags
     */
    List<Finding> flags(int version, List<String> arguments) {
        List<Finding> found = new ArrayList<>();
        if (!arguments.contains(HUGE_METHODS)) {
            found.add(new Finding(
                    Weight.ADVICE,
                    "the JVM runs without " + HUGE_METHODS,
                    "large functions of plugins are interpreted for ever, several times slower than compiled",
                    surroundings.sets(HUGE_METHODS)));
        }
        List<String> missing = new ArrayList<>();
        if (version >= WARNS_OF_NATIVE_ACCESS && isMissing(NATIVE_ACCESS, arguments)) {
            missing.add(NATIVE_ACCESS + "=ALL-UNNAMED");
        }
        if (version >= WARNS_OF_UNSAFE && isMissing(UNSAFE, arguments)) {
            missing.add(UNSAFE + "=allow");
        }
        if (!missing.isEmpty()) {
            String flags = String.join(" ", missing);
            found.add(new Finding(
                    Weight.ADVICE,
                    "Java " + version + " runs without " + flags,
                    "it warns of SQLite's native code or of the framework, and a later Java refuses what it warns of",
                    surroundings.sets(flags)));
        }
        return found;
    }

    private static boolean isMissing(String flag, List<String> arguments) {
        return arguments.stream().noneMatch(argument -> argument.startsWith(flag));
    }

    /**
     * Whether the plugins that are loaded find the memory that their limits promise.
     *
     * @param metrics of the engine; those that are missing are not judged
     * @param heap the largest heap, in bytes
     */
    static Optional<Finding> memory(List<Metric> metrics, long heap) {
        double node = sum(metrics, NODE_PAGES);
        double plugins = sum(metrics, INSTANCE_PAGES);
        if (node == 0 || plugins <= node) {
            return Optional.empty();
        }
        long count = metrics.stream()
                .filter(metric -> metric.name().equals(INSTANCE_PAGES))
                .count();
        long wanted = (long) Math.ceil(plugins / node * heap / MEBIBYTE);
        return Optional.of(new Finding(
                Weight.ADVICE,
                (count == 1 ? "one plugin" : count + " plugins") + " may take " + mebibytes(plugins)
                        + " MiB at one execution each, and the node has " + mebibytes(node)
                        + " MiB for plugins, of a heap of "
                        + heap / MEBIBYTE + " MiB",
                "when they all take what they may, executions end at their plugin's share or are refused as busy",
                "-Xmx" + wanted
                        + "m, or a smaller memory.pages: config set io.patchbay.limits~ID plugin=ID memory.pages=N"));
    }

    private static double sum(List<Metric> metrics, String name) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(name))
                .mapToDouble(Metric::value)
                .sum();
    }

    private static long mebibytes(double pages) {
        return Math.round(pages / PAGES_PER_MEBIBYTE);
    }
}
