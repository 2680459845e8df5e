// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.harness;

import java.util.List;

/** The threads of a virtual machine, a framework and its own bundles, which come and go as those like. */
public final class ContainerThreads {
    private static final List<String> PREFIXES = List.of(
            "qtp", // Jetty
            "Jetty",
            "Scheduler-",
            "Felix",
            "SCR",
            "CM ",
            "Framework",
            "Refresh", // this and the next two: Equinox
            "Start Level",
            "Active Thread",
            "EventAdmin",
            "EventHandler",
            "RMI ",
            "JMX ",
            "Keep-Alive-Timer",
            "process reaper"); // of the JDK: one a minute after each process

    private ContainerThreads() {}

    /** Whether a thread of this name is one of them. */
    public static boolean has(String name) {
        return PREFIXES.stream().anyMatch(name::startsWith);
    }
}
