// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The groups of bundles nested in the jar: the first word typed decides which of them a process needs. */
enum BundleGroup {
    /** What every verb needs. */
    ALWAYS("bundles/"),
    /** Descriptions of settings. */
    SETTINGS("settings-bundles/"),
    /** What a node that stays is reached by. */
    NODE("node-bundles/"),
    /** The HTTP service; started once the data folder is held. */
    HTTP("http-bundles/"),
    /** What watches the data folder; started once that folder is held. */
    WATCH("watch-bundles/"),
    /** The console; started once the node has said where it is. */
    CONSOLE("console-bundles/");

    private static final String START = "start";
    private static final String CONFIG = "config";
    private static final String CONSOLE_OPTION = "--console";

    private final String folder;

    BundleGroup(String folder) {
        this.folder = folder;
    }

    /** The folder in the jar, with a slash at its end. */
    String folder() {
        return folder;
    }

    /** Whether its bundles are started with the node, and not when somebody asks for them. */
    boolean startsAtOnce() {
        return this != HTTP && this != WATCH && this != CONSOLE;
    }

    /** Whether a command line asks for a node that stays. */
    static boolean stays(String[] args) {
        return args.length > 0 && args[0].equals(START);
    }

    /** What a command line needs. */
    static Set<BundleGroup> of(String[] args) {
        Set<BundleGroup> groups = EnumSet.of(ALWAYS);
        if (args.length > 0 && args[0].equals(CONFIG)) {
            groups.add(SETTINGS);
        }
        if (stays(args)) {
            groups.addAll(EnumSet.of(SETTINGS, NODE, HTTP, WATCH));
            if (Arrays.asList(args).contains(CONSOLE_OPTION)) {
                groups.add(CONSOLE);
            }
        }
        return groups;
    }
}
