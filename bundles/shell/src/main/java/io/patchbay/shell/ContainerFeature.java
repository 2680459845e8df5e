// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.shell.Finding.Weight;
import java.util.List;
import java.util.Set;

/**
 * Something that a container has, or not, and what is lost without it.
 *
 * @param service by which it is known that it is there
 * @param name as people call it
 * @param weight how much it is missed
 * @param brought the requirements of bundles that it meets: names of packages, and of capabilities
 * @param effect what is lost
 * @param karaf what brings it in Karaf
 * @param framework what brings it in another framework
 */
record ContainerFeature(
        String service,
        String name,
        Weight weight,
        Set<String> brought,
        String effect,
        String karaf,
        String framework) {
    static final String HTTP = "org.osgi.service.http.runtime.HttpServiceRuntime";

    private static final String GOGO = "org.apache.felix.service.command.CommandProcessor";
    private static final String METATYPE = "org.osgi.service.metatype.MetaTypeService";

    /** What the launcher brings where somebody asks for it, and where not, nobody misses it. */
    private static final Set<String> LEFT_OUT_OF_COMMANDS = Set.of(HTTP, METATYPE, GOGO);

    private static final List<ContainerFeature> ALL = List.of(
            new ContainerFeature(
                    "org.osgi.service.cm.ConfigurationAdmin",
                    "Config Admin",
                    Weight.HINDERS,
                    Set.of("org.osgi.service.cm"),
                    "there are no settings, no bindings that last, and no provider that needs settings",
                    "bundle:start org.apache.felix.configadmin, which is Karaf's own",
                    "bundle org.apache.felix.configadmin, in bundle/ of our archive"),
            new ContainerFeature(
                    "org.osgi.service.log.LogService",
                    "Log Service",
                    Weight.HINDERS,
                    Set.of("org.osgi.service.log"),
                    "no bundle can say what goes wrong, and those that must do not start",
                    "bundle:start org.ops4j.pax.logging.pax-logging-api, which is Karaf's own",
                    "bundle org.apache.felix.log, in bundle/ of our archive"),
            new ContainerFeature(
                    "org.osgi.service.event.EventAdmin",
                    "Event Admin",
                    Weight.ADVICE,
                    Set.of("org.osgi.service.event"),
                    "events about plugins and providers are sent to nobody",
                    "feature:install eventadmin",
                    "bundle org.apache.felix.eventadmin, in bundle/ of our archive"),
            new ContainerFeature(
                    METATYPE,
                    "Metatype Service",
                    Weight.ADVICE,
                    Set.of("org.osgi.service.metatype"),
                    "'config' shows no descriptions and defaults of settings, and checks no value",
                    "bundle:start org.apache.felix.metatype, which is Karaf's own",
                    "bundle org.apache.felix.metatype, in bundle/ of our archive"),
            new ContainerFeature(
                    HTTP,
                    "HTTP Whiteboard",
                    Weight.ADVICE,
                    Set.of("osgi.http", "JavaServlet", "javax.servlet", "javax.servlet.http"),
                    "plugins and verbs cannot be reached over HTTP, and not by the command 'patchbay'",
                    "feature:install patchbay-http",
                    "the bundles in http/ of our archive"),
            new ContainerFeature(
                    GOGO,
                    "Gogo",
                    Weight.ADVICE,
                    Set.of("org.apache.felix.service.command"),
                    "a console has no commands patchbay:VERB",
                    "bundle:start org.apache.felix.gogo.runtime, which is Karaf's own",
                    "the bundles in console/ of our archive"));

    /** Those that somebody in these surroundings could miss. */
    static List<ContainerFeature> wanted(Surroundings surroundings) {
        return switch (surroundings) {
            case COMMAND ->
                ALL.stream()
                        .filter(feature -> !LEFT_OUT_OF_COMMANDS.contains(feature.service))
                        .toList();
            // A console is asked for with --console; everything else can be typed at the command line.
            case NODE ->
                ALL.stream().filter(feature -> !feature.service.equals(GOGO)).toList();
            case KARAF, FRAMEWORK -> ALL;
        };
    }

    /** Those that a component may wait for without anybody missing them. */
    static boolean isLeftOut(Surroundings surroundings, String service) {
        return ALL.stream().anyMatch(feature -> feature.service.equals(service))
                && wanted(surroundings).stream().noneMatch(feature -> feature.service.equals(service));
    }

    Finding missing(Surroundings surroundings) {
        String remedy = switch (surroundings) {
            case KARAF -> karaf;
            case FRAMEWORK -> framework;
            case COMMAND, NODE -> surroundings.bringsOurs(name);
        };
        return new Finding(weight, "there is no " + name, effect, remedy);
    }
}
