// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The groups of bundles nested in the jar; the command line, and what is in the data folder, say which a process needs. */
enum BundleGroup {
    /** What every verb needs. */
    ALWAYS("bundles/"),
    /** Descriptions of settings. */
    SETTINGS("settings-bundles/"),
    /** Providers that are chosen only where somebody configures or binds one; started once the data folder is held. */
    PROVIDERS("provider-bundles/"),
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
    private static final String RUN = "run";
    private static final String CONSOLE_OPTION = "--console";
    private static final String PROVIDER_OPTION = "--provider";

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
        return this == ALWAYS || this == SETTINGS || this == NODE;
    }

    /** Whether a command line asks for a node that stays. */
    static boolean stays(String[] args) {
        return args.length > 0 && args[0].equals(START);
    }

    /**
     * What a command line needs.
     *
     * @param data the data folder; it need not exist
     */
    static Set<BundleGroup> of(String[] args, Path data) {
        Set<BundleGroup> groups = EnumSet.of(ALWAYS);
        if (args.length > 0 && args[0].equals(CONFIG)) {
            groups.add(SETTINGS);
        }
        if (!runsOnDefaults(args, data)) {
            groups.add(PROVIDERS);
        }
        if (stays(args)) {
            groups.addAll(EnumSet.of(SETTINGS, NODE, HTTP, WATCH));
            if (Arrays.asList(args).contains(CONSOLE_OPTION)) {
                groups.add(CONSOLE);
            }
        }
        return groups;
    }

    /**
     * Whether a plugin runs where nothing but the default of each kind can be chosen: without a configuration there is no
     * binding, and the defaults outrank every other shipped provider. Those others would cost a fifth of its start.
     */
    private static boolean runsOnDefaults(String[] args, Path data) {
        return args.length > 0
                && args[0].equals(RUN)
                && Arrays.stream(args)
                        .noneMatch(arg -> arg.equals(PROVIDER_OPTION) || arg.startsWith(PROVIDER_OPTION + "="))
                && new OperatorFiles(data).isEmpty();
    }
}
