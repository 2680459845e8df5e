// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.NodeAdmin;
import java.util.Set;
import org.osgi.framework.BundleContext;

/** In what a node runs, for the words in which somebody there brings what is missing. */
enum Surroundings {
    /** The framework of one command line, which has no more than the command needs. */
    COMMAND,
    /** The framework of {@code patchbay start}. */
    NODE,
    /** Apache Karaf. */
    KARAF,
    /** Any other framework. */
    FRAMEWORK;

    private static final String KARAF_HOME = "karaf.home";
    private static final String ON_DEMAND = "demand";
    private static final String TOKEN = "patchbay.admin.token";
    private static final String OURS = "io.patchbay.";

    /** What the feature {@code patchbay} of Karaf brings; each other provider is a feature of its own. */
    private static final Set<String> IN_FEATURE = Set.of(
            "io.patchbay.api",
            "io.patchbay.bay",
            "io.patchbay.runtime",
            "io.patchbay.wasmhost",
            "io.patchbay.lifecycle",
            "io.patchbay.shell",
            "io.patchbay.deploy",
            "io.patchbay.state.sqlite",
            "io.patchbay.log.osgi",
            "io.patchbay.clock.system",
            "io.patchbay.uuid.v7",
            "io.patchbay.node.hostname");

    static Surroundings of(BundleContext context) {
        if (context.getProperty(KARAF_HOME) != null) {
            return KARAF;
        }
        if (!ON_DEMAND.equals(context.getProperty(NodeAdmin.OPEN_PROPERTY))) {
            return FRAMEWORK;
        }
        return context.getProperty(TOKEN) == null ? COMMAND : NODE;
    }

    /** What brings a bundle of ours, and all that it requires. */
    String bringsOurs(String bundle) {
        return switch (this) {
            case KARAF -> "feature:install " + feature(bundle);
            case COMMAND, NODE ->
                "the launcher has it: build it anew, or look for what disturbs it in bundles/ of the data folder";
            case FRAMEWORK -> "bundle " + bundle + ", in " + folder(bundle) + "/ of our archive";
        };
    }

    private static String feature(String bundle) {
        return IN_FEATURE.contains(bundle) || !bundle.startsWith(OURS)
                ? "patchbay"
                : bundle.substring(OURS.length()).replaceFirst("^", "patchbay-").replace('.', '-');
    }

    private static String folder(String bundle) {
        if (bundle.equals("io.patchbay.http")) {
            return "http";
        }
        boolean isProvider = bundle.matches("io[.]patchbay[.](state|log|clock|uuid|node)[.].*");
        return isProvider && !IN_FEATURE.contains(bundle) ? "providers" : "bundle";
    }

    /** What starts a bundle that is there. */
    String starts(long bundle) {
        return (this == KARAF ? "bundle:start " : "start ") + bundle;
    }

    /** What takes a bundle away, and wires those anew that used it. */
    String uninstalls(long bundle) {
        return this == KARAF
                ? "bundle:uninstall " + bundle + ", then bundle:refresh"
                : "uninstall " + bundle + ", then refresh";
    }

    /** Where a flag of the JVM is set. */
    String sets(String flags) {
        return switch (this) {
            case KARAF -> "export EXTRA_JAVA_OPTS=\"" + flags + "\" in bin/setenv, then a restart";
            case COMMAND, NODE -> "the script 'patchbay', which sets it; or java " + flags + " -jar patchbay.jar";
            case FRAMEWORK -> "java " + flags + " where the framework is started";
        };
    }
}
