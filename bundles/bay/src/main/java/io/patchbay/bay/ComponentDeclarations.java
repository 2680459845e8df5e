// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.ProviderView.State;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Asks the component runtime, so that a provider without its settings is shown and not only missing. Thread-safe. */
@Component(
        service = {},
        immediate = true)
public final class ComponentDeclarations implements DeclaredProviders {
    private static final int LONGEST_REASON = 300;

    /** Stands for the component's own name among its PIDs (Declarative Services 112.7). */
    private static final String OWN_NAME = "$";

    private static final Pattern FAILURE =
            Pattern.compile("^(?:Caused by: )?[\\w.$]+: (.+)$|^(?:Caused by: )?([\\w.$]+)$", Pattern.MULTILINE);

    private final Bay bay;
    private final ServiceComponentRuntime runtime;

    /** Called by the component runtime. */
    @Activate
    public ComponentDeclarations(@Reference BayComponent component, @Reference ServiceComponentRuntime runtime) {
        this.bay = component.bay();
        this.runtime = runtime;
        bay.declare(this);
    }

    @Deactivate
    void deactivate() {
        bay.declareNoMore(this);
    }

    @Override
    public List<Declared> missing(String spi) {
        return descriptions()
                .filter(description ->
                        Arrays.asList(description.serviceInterfaces).contains(spi))
                .flatMap(this::missing)
                .toList();
    }

    private Stream<Declared> missing(ComponentDescriptionDTO description) {
        Collection<ComponentConfigurationDTO> made = runtime.getComponentConfigurationDTOs(description);
        if (made.isEmpty() && runtime.isComponentEnabled(description)) {
            return Stream.of(
                    declared(description, description.properties, State.UNCONFIGURED, unconfigured(description)));
        }
        return made.stream()
                .filter(configuration -> configuration.service == null)
                .flatMap(configuration -> missing(description, configuration).stream());
    }

    private static Optional<Declared> missing(
            ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        return switch (configuration.state) {
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                Optional.of(
                        declared(description, configuration.properties, State.UNCONFIGURED, unconfigured(description)));
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Optional.of(declared(
                        description,
                        configuration.properties,
                        State.WAITING,
                        "it waits for " + waitsFor(description, configuration)));
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                Optional.of(declared(description, configuration.properties, State.FAILED, reason(configuration)));
            default -> Optional.empty();
        };
    }

    private static Declared declared(
            ComponentDescriptionDTO description, Map<String, Object> properties, State state, String detail) {
        String bundle = description.bundle.symbolicName + " " + description.bundle.version;
        return new Declared(ProviderTraits.of(-1, bundle, properties), state, detail);
    }

    private static String unconfigured(ComponentDescriptionDTO description) {
        return "nothing is configured for it; see: config get "
                + pids(description).get(0);
    }

    private static String waitsFor(ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        Set<String> names = Arrays.stream(configuration.unsatisfiedReferences)
                .map(reference -> reference.name)
                .collect(Collectors.toSet());
        return Arrays.stream(description.references)
                .filter(reference -> names.contains(reference.name))
                .map(reference -> "a service " + reference.interfaceName
                        + (reference.target == null ? "" : " with " + reference.target))
                .collect(Collectors.joining(", "));
    }

    /** The message of the innermost cause: the outer ones only say which component it was. */
    private static String reason(ComponentConfigurationDTO configuration) {
        String reason = "it could not be made";
        Matcher lines = FAILURE.matcher(String.valueOf(configuration.failure));
        while (lines.find()) {
            reason = lines.group(1) == null ? lines.group(2) : lines.group(1);
        }
        String line = reason.replaceAll("\\p{Cntrl}", " ");
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "..." : line;
    }

    @Override
    public Optional<String> failure(Map<String, Object> service) {
        @Nullable Object id = service.get(ComponentConstants.COMPONENT_ID);
        return configurations()
                .filter(configuration -> id instanceof Long known && configuration.id == known)
                .filter(configuration -> configuration.failure != null)
                .map(ComponentDeclarations::reason)
                .findFirst();
    }

    @Override
    public boolean reads(String pid) {
        int tilde = pid.indexOf('~');
        String factory = tilde < 0 ? pid : pid.substring(0, tilde);
        return descriptions()
                .map(ComponentDeclarations::pids)
                .anyMatch(pids -> pids.contains(pid) || pids.contains(factory));
    }

    @Override
    public List<Made> madeOf(String pid) {
        return configurations()
                .filter(configuration ->
                        ProviderTraits.pids(configuration.properties).contains(pid))
                .map(configuration -> new Made(
                        new TreeMap<>(configuration.properties),
                        Set.of(configuration.description.serviceInterfaces),
                        configuration.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION
                                || configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE))
                .toList();
    }

    private static List<String> pids(ComponentDescriptionDTO description) {
        return Arrays.stream(description.configurationPid)
                .map(pid -> pid.equals(OWN_NAME) ? description.name : pid)
                .toList();
    }

    private Stream<ComponentDescriptionDTO> descriptions() {
        return runtime.getComponentDescriptionDTOs().stream();
    }

    private Stream<ComponentConfigurationDTO> configurations() {
        return descriptions().flatMap(description -> runtime.getComponentConfigurationDTOs(description).stream());
    }
}
