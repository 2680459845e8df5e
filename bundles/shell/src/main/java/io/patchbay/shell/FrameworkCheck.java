// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.shell.Finding.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Looks at the framework: what the container has, the state of our bundles, and what our components wait for. Needs none
 * of what it reports about: services are asked for by name. Thread-safe.
 */
final class FrameworkCheck {
    private static final String OURS = "io.patchbay.";
    private static final String API = "io.patchbay.api";

    /** What a container has, and what is lost without it. */
    private record Feature(String service, String name, Weight weight, String effect, String remedy) {}

    private static final List<Feature> FEATURES = List.of(
            new Feature(
                    "org.osgi.service.cm.ConfigurationAdmin",
                    "Config Admin",
                    Weight.HINDERS,
                    "settings and durable bindings cannot be kept; providers that need settings stay away",
                    "bundle org.apache.felix.configadmin"),
            new Feature(
                    "org.osgi.service.log.LogService",
                    "Log Service",
                    Weight.ADVICE,
                    "warnings of bundles are not written; the log provider 'osgi' has nowhere to write",
                    "bundle org.apache.felix.log"),
            new Feature(
                    "org.osgi.service.event.EventAdmin",
                    "Event Admin",
                    Weight.ADVICE,
                    "events about plugins and providers are sent to nobody",
                    "bundle org.apache.felix.eventadmin; in Karaf: feature:install eventadmin"),
            new Feature(
                    "org.osgi.service.http.runtime.HttpServiceRuntime",
                    "HTTP Whiteboard",
                    Weight.ADVICE,
                    "plugins and verbs cannot be reached over HTTP",
                    "bundle org.apache.felix.http.jetty; in Karaf: feature:install http-whiteboard"),
            new Feature(
                    "org.apache.felix.service.command.CommandProcessor",
                    "Gogo",
                    Weight.ADVICE,
                    "there are no patchbay: commands on a console",
                    "bundle org.apache.felix.gogo.runtime"));

    private final BundleContext context;

    FrameworkCheck(BundleContext context) {
        this.context = context;
    }

    List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        FEATURES.stream()
                .filter(feature -> context.getServiceReference(feature.service()) == null)
                .map(feature -> new Finding(
                        feature.weight(), "there is no " + feature.name(), feature.effect(), feature.remedy()))
                .forEach(found::add);
        List<Bundle> ours = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null
                        && bundle.getSymbolicName().startsWith(OURS)
                        && bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null)
                .toList();
        ours.stream().flatMap(FrameworkCheck::state).forEach(found::add);
        api(ours).forEach(found::add);
        components().forEach(found::add);
        return found;
    }

    private static Stream<Finding> state(Bundle bundle) {
        String what = bundle.getSymbolicName() + " " + bundle.getVersion();
        boolean lazy = String.valueOf(bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY))
                .startsWith(Constants.ACTIVATION_LAZY);
        return switch (bundle.getState()) {
            case Bundle.INSTALLED ->
                Stream.of(new Finding(
                        Weight.HINDERS,
                        what + " is not resolved",
                        "nothing that it offers is there",
                        "install what it imports: the framework names it when you type start " + bundle.getBundleId()));
            // What it is missed for is a finding of its own, and it may be stopped on purpose.
            case Bundle.RESOLVED ->
                Stream.of(new Finding(
                        Weight.ADVICE,
                        what + " is not started",
                        "nothing that it offers is there",
                        "start " + bundle.getBundleId()));
            case Bundle.STARTING ->
                lazy
                        ? Stream.of()
                        : Stream.of(new Finding(
                                Weight.ADVICE, what + " is still starting", "what it offers is not there yet", "wait"));
            default -> Stream.of();
        };
    }

    private static Stream<Finding> api(List<Bundle> ours) {
        List<Bundle> apis = ours.stream()
                .filter(bundle -> bundle.getSymbolicName().equals(API))
                .toList();
        String which = apis.stream()
                .map(bundle -> bundle.getVersion() + " (bundle " + bundle.getBundleId() + ")")
                .collect(Collectors.joining(", "));
        return apis.size() < 2
                ? Stream.of()
                : Stream.of(new Finding(
                        Weight.HINDERS,
                        API + " is there more than once: " + which,
                        "bundles that are wired to different ones do not see each other's services",
                        "uninstall all but one, then refresh"));
    }

    private Stream<Finding> components() {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        if (reference == null) {
            return Stream.of();
        }
        ServiceComponentRuntime runtime = context.getService(reference);
        if (runtime == null) {
            return Stream.of();
        }
        try {
            Collection<ComponentDescriptionDTO> all = runtime.getComponentDescriptionDTOs();
            return all.stream()
                    .filter(description -> description.bundle.symbolicName.startsWith(OURS))
                    .flatMap(description -> runtime.getComponentConfigurationDTOs(description).stream())
                    .flatMap(FrameworkCheck::component)
                    .toList()
                    .stream();
        } finally {
            context.ungetService(reference);
        }
    }

    static Stream<Finding> component(ComponentConfigurationDTO configuration) {
        ComponentDescriptionDTO description = configuration.description;
        String name = description.name;
        String effect = description.serviceInterfaces.length == 0
                ? "what it does is not done"
                : "there is no " + String.join(", ", description.serviceInterfaces) + " of "
                        + description.bundle.symbolicName;
        if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
            String why =
                    String.valueOf(configuration.failure).lines().findFirst().orElse("");
            return Stream.of(new Finding(
                    Weight.HINDERS, name + " could not be activated: " + why, effect, "see the log of the container"));
        }
        if (configuration.state != ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
            return Stream.of();
        }
        return Arrays.stream(configuration.unsatisfiedReferences)
                .map(missing -> new Finding(
                        Weight.ADVICE,
                        name + " waits for " + service(description, missing),
                        effect,
                        "a bundle that offers that service"));
    }

    private static String service(ComponentDescriptionDTO description, UnsatisfiedReferenceDTO missing) {
        String service = Arrays.stream(description.references)
                .filter(reference -> reference.name.equals(missing.name))
                .map(reference -> reference.interfaceName)
                .findFirst()
                .orElse(missing.name);
        return missing.target == null ? service : service + " with " + missing.target;
    }
}
