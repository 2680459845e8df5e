// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.node;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command of a process beside this one: the same Java, our class path, and as quiet about logging libraries. */
public final class JavaCommand {
    /** What the class path makes necessary, and whoever started this process has said. */
    private static final List<String> LOGGING = List.of("slf4j.provider", "slf4j.internal.verbosity");

    private JavaCommand() {}

    /**
     * Gives it.
     *
     * @param flags of the virtual machine
     * @param main the class
     * @param arguments of its main method
     * @return a list of its own, to be changed at will
     */
    public static List<String> of(List<String> flags, Class<?> main, List<String> arguments) {
        return of(flags, List.of(), main, arguments);
    }

    /**
     * Gives it.
     *
     * @param flags of the virtual machine
     * @param first jars on its class path before ours
     * @param main the class
     * @param arguments of its main method
     * @return a list of its own, to be changed at will
     */
    public static List<String> of(List<String> flags, List<Path> first, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        for (String setting : LOGGING) {
            String value = System.getProperty(setting);
            if (value != null) {
                command.add("-D" + setting + "=" + value);
            }
        }
        command.add("-cp");
        command.add(Stream.concat(first.stream().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(File.pathSeparator)));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}
