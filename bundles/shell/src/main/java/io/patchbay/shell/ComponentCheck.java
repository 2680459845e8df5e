// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.shell.Finding.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Looks for components of ours that failed, or that wait for a service, and for what is at the bottom of it. */
final class ComponentCheck {
    private static final int LONGEST_REASON = 300;

    private final Predicate<String> isLeftOut;

    /** @param isLeftOut tells which services nobody misses where they are not */
    ComponentCheck(Predicate<String> isLeftOut) {
        this.isLeftOut = isLeftOut;
    }

    /**
     * A component that is not active.
     *
     * @param name of the component
     * @param bundle its symbolic name
     * @param offers what it would offer
     * @param missing the services that it waits for, by the name of their type, with its filter where it has one
     * @param failure why it could not be made; empty when it was not tried
     */
    record Idle(String name, String bundle, List<String> offers, List<String> missing, Optional<String> failure) {
        Idle waitingFor(List<String> rest) {
            return new Idle(name, bundle, offers, rest, failure);
        }
    }

    /**
     * The components of ours that are not active although they are wanted.
     *
     * @param declared what a bundle says to offer, by its id: a component may register services by itself
     */
    static List<Idle> idle(ServiceComponentRuntime runtime, LongFunction<List<String>> declared) {
        Map<Long, List<ComponentDescriptionDTO>> bundles = runtime.getComponentDescriptionDTOs().stream()
                .filter(description -> description.bundle.symbolicName.startsWith(BundleCheck.OURS))
                .collect(
                        Collectors.groupingBy(description -> description.bundle.id, TreeMap::new, Collectors.toList()));
        List<Idle> idle = new ArrayList<>();
        bundles.forEach((bundle, descriptions) -> {
            Set<String> byItself = new TreeSet<>(declared.apply(bundle));
            descriptions.forEach(description -> byItself.removeAll(List.of(description.serviceInterfaces)));
            for (ComponentDescriptionDTO description : descriptions) {
                List<String> offers = description.serviceInterfaces.length == 0
                        ? List.copyOf(byItself)
                        : List.of(description.serviceInterfaces);
                runtime.getComponentConfigurationDTOs(description)
                        .forEach(configuration -> idle(configuration, offers).ifPresent(idle::add));
            }
        });
        return idle;
    }

    static Optional<Idle> idle(ComponentConfigurationDTO configuration, List<String> offers) {
        ComponentDescriptionDTO description = configuration.description;
        String bundle = description.bundle.symbolicName;
        return switch (configuration.state) {
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                Optional.of(new Idle(
                        description.name, bundle, offers, List.of(), Optional.of(reason(configuration.failure))));
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Optional.of(new Idle(
                        description.name,
                        bundle,
                        offers,
                        missing(description, configuration.unsatisfiedReferences),
                        Optional.empty()));
            // What nobody configured, nobody misses.
            default -> Optional.empty();
        };
    }

    /** The message of the innermost cause: the outer ones only say which component it was. */
    private static String reason(@Nullable String failure) {
        String reason = (failure == null ? "the component runtime does not say why" : failure)
                .lines()
                .filter(line -> !line.startsWith("\t"))
                .reduce((before, last) -> last)
                .orElse("")
                .replaceFirst("^Caused by: ", "");
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "..." : reason;
    }

    private static List<String> missing(ComponentDescriptionDTO description, UnsatisfiedReferenceDTO[] references) {
        List<String> missing = new ArrayList<>();
        for (UnsatisfiedReferenceDTO one : references) {
            String service = Arrays.stream(description.references)
                    .filter(reference -> reference.name.equals(one.name))
                    .map(reference -> reference.interfaceName)
                    .findFirst()
                    .orElse(one.name);
            missing.add(one.target == null ? service : service + Cause.WITH + one.target);
        }
        return missing;
    }

    /**
     * Adds what is found to what is known: a component that waits for what a known cause leaves away is added to it.
     *
     * @param apiIsSplit a cause for whatever type of ours nothing else explains, where there is such a one
     */
    void addTo(List<Cause> causes, List<Idle> components, Optional<Cause> apiIsSplit) {
        List<Idle> open = new ArrayList<>();
        for (Idle idle : components) {
            if (idle.failure().isPresent()) {
                causes.add(failed(idle, idle.failure().get()));
            } else if (idle.missing().stream().noneMatch(isLeftOut)) {
                open.add(idle);
            }
        }
        attribute(open, causes);
        while (!open.isEmpty()) {
            Idle bottom = open.stream()
                    .filter(one -> one.missing().stream().noneMatch(service -> isOffered(service, open)))
                    .findFirst()
                    .orElse(open.get(0));
            open.remove(bottom);
            boolean isOfApi = bottom.missing().stream().allMatch(service -> service.startsWith(BundleCheck.OURS));
            if (apiIsSplit.isPresent() && isOfApi) {
                apiIsSplit.get().takesAway(bottom.bundle(), bottom.offers());
            } else {
                causes.add(waiting(bottom));
            }
            attribute(open, causes);
        }
    }

    /** Gives components to the causes that leave away what they wait for, until that explains nothing more. */
    private static void attribute(List<Idle> open, List<Cause> causes) {
        boolean again = true;
        while (again) {
            again = false;
            for (Idle idle : List.copyOf(open)) {
                List<String> rest = new ArrayList<>(idle.missing());
                for (Cause cause : causes) {
                    if (rest.removeIf(cause::explains)) {
                        cause.takesAway(idle.bundle(), idle.offers());
                    }
                }
                if (rest.size() < idle.missing().size()) {
                    again = true;
                    open.remove(idle);
                    if (!rest.isEmpty()) {
                        open.add(idle.waitingFor(rest));
                    }
                }
            }
        }
    }

    private static boolean isOffered(String service, List<Idle> open) {
        String type = service.split(Cause.WITH)[0];
        return open.stream().anyMatch(one -> one.offers().contains(type));
    }

    private static Cause failed(Idle failed, String reason) {
        return new Cause(
                new Finding(
                        Weight.HINDERS,
                        failed.name() + " could not be activated: " + reason,
                        effect(failed),
                        "what the reason says; the log of the container has all of it"),
                failed.offers());
    }

    private static Cause waiting(Idle bottom) {
        List<String> lost = new ArrayList<>(bottom.missing());
        lost.addAll(bottom.offers());
        return new Cause(
                new Finding(
                        Weight.HINDERS,
                        bottom.name() + " waits for a service " + String.join(" and ", bottom.missing()),
                        effect(bottom),
                        "a bundle that registers that service"),
                lost);
    }

    private static String effect(Idle idle) {
        return idle.offers().isEmpty()
                ? "what it does is not done"
                : "there is no " + String.join(", ", idle.offers()) + " of " + idle.bundle();
    }
}
