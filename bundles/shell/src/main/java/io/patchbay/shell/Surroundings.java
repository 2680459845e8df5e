// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.NodeAdmin;
import java.util.Map;
import java.util.Optional;
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
    private static final String LOG_SERVICE = "io.patchbay.log.osgi";
    private static final String CONSOLE = "io.patchbay.log.console";

    /** Where in our archive a package of somebody else is. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "org.sqlite", "org.xerial.sqlite-jdbc, in bundle/",
            "org.osgi.service.jdbc", "org.osgi.service.jdbc, in providers/");

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
            LOG_SERVICE,
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

    /** Whether jars in {@code bundles/} of the data folder are installed: a container that was there before has its own places. */
    boolean takeBundlesFromTheDataFolder() {
        return this == COMMAND || this == NODE;
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

    /**
     * What brings a package or capability of somebody else.
     *
     * @param user a bundle of ours that requires it
     */
    String bringsLibrary(String name, String user) {
        if (this != FRAMEWORK) {
            return bringsOurs(user);
        }
        String library = LIBRARIES.get(name);
        return library == null ? "a bundle that offers " + name : "bundle " + library + " of our archive";
    }

    private static String feature(String bundle) {
        return IN_FEATURE.contains(bundle) || !bundle.startsWith(BundleCheck.OURS)
                ? "patchbay"
                : bundle.substring(BundleCheck.OURS.length())
                        .replaceFirst("^", "patchbay-")
                        .replace('.', '-');
    }

    private static String folder(String bundle) {
        if (bundle.equals("io.patchbay.http")) {
            return "http";
        }
        boolean isProvider = bundle.matches("io[.]patchbay[.](state|log|clock|uuid|node)[.].*");
        return isProvider && !isDefaultOfArchive(bundle) ? "providers" : "bundle";
    }

    /** Entries of plugins go to a log service where a container has one, else to the console. */
    private static boolean isDefaultOfArchive(String bundle) {
        return bundle.equals(CONSOLE) || (IN_FEATURE.contains(bundle) && !bundle.equals(LOG_SERVICE));
    }

    /** The provider of a kind that serves where nobody chose another; empty for a kind of somebody else. */
    Optional<String> defaultProvider(String kind) {
        return switch (kind) {
            case "state" -> Optional.of("io.patchbay.state.sqlite");
            case "log" -> Optional.of(this == KARAF ? LOG_SERVICE : CONSOLE);
            case "clock" -> Optional.of("io.patchbay.clock.system");
            case "uuid" -> Optional.of("io.patchbay.uuid.v7");
            case "node" -> Optional.of("io.patchbay.node.hostname");
            default -> Optional.empty();
        };
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
