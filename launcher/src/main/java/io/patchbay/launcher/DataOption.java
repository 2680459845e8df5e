// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses the data folder of a command line: {@code --data}, else {@code $PATCHBAY_DATA}, else {@code .patchbay} (DESIGN 7). */
final class DataOption {
    private static final String OPTION = "--data";
    private static final String VARIABLE = "PATCHBAY_DATA";
    private static final int QUOTED = 200;

    private DataOption() {}

    /**
     * The data folder, absolute; it need not exist.
     *
     * @throws UsageException if a folder was named that cannot be one
     */
    static Path choose(String[] args, Map<String, String> environment, Path workingDirectory) throws UsageException {
        String given = fromArguments(args);
        if (given != null) {
            return folder(OPTION, given, workingDirectory);
        }
        String variable = environment.get(VARIABLE);
        if (variable != null && !variable.isEmpty()) {
            return folder("$" + VARIABLE, variable, workingDirectory);
        }
        return folder("the default", ".patchbay", workingDirectory);
    }

    private static @Nullable String fromArguments(String[] args) throws UsageException {
        for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
            if (args[i].startsWith(OPTION + "=")) {
                return args[i].substring(OPTION.length() + 1);
            }
            if (!args[i].equals(OPTION)) {
                continue;
            }
            if (i + 1 == args.length) {
                throw new UsageException(OPTION + " needs a folder: " + OPTION + " DIR");
            }
            return args[i + 1];
        }
        return null;
    }

    private static Path folder(String source, String name, Path workingDirectory) throws UsageException {
        if (name.isBlank()) {
            throw new UsageException(source + " names no folder; give one, or leave it out for ./.patchbay");
        }
        try {
            return workingDirectory.resolve(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            String quoted = name.length() <= QUOTED ? name : name.substring(0, QUOTED) + "...";
            throw new UsageException(source + " is not the name of a folder: \"" + quoted + "\"");
        }
    }
}
