// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.RequestedMethod;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.port.Grant;
import io.patchbay.port.HostServiceDeclaration;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.ResourceDeclaration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one release requests, held against what operators decided and what bundles provide: the three columns of DESIGN 6.
 * Immutable.
 */
final class Consent {
    private final Map<MethodKey, List<String>> requested;
    private final Map<MethodKey, Decision> decisions;

    private Consent(Map<MethodKey, List<String>> requested, Map<MethodKey, Decision> decisions) {
        this.requested = requested;
        this.decisions = decisions;
    }

    static Consent of(PluginDescriptor descriptor, Map<MethodKey, Decision> decisions) {
        Map<MethodKey, List<String>> requested = new TreeMap<>();
        for (HostServiceDeclaration service : descriptor.hostServices()) {
            List<String> resources = resources(service);
            service.methods().forEach(method -> requested.put(new MethodKey(service.label(), method), resources));
        }
        return new Consent(Collections.unmodifiableMap(requested), decisions);
    }

    private static List<String> resources(HostServiceDeclaration service) {
        return Stream.of(
                        service.paths(),
                        service.tables(),
                        service.keys(),
                        service.resources().stream()
                                .map(ResourceDeclaration::ref)
                                .toList())
                .flatMap(Collection::stream)
                .sorted()
                .distinct()
                .toList();
    }

    /** The requested methods, each with its resources. */
    Map<MethodKey, List<String>> requested() {
        return requested;
    }

    /** The requested methods on which nobody decided yet, or only for fewer resources. */
    List<MethodKey> undecided() {
        return requested.keySet().stream().filter(key -> decided(key) == null).toList();
    }

    String undecidedNames() {
        return undecided().stream().map(MethodKey::name).collect(Collectors.joining(", "));
    }

    /** What the engine may bind: requested and granted. */
    List<Grant> grants() {
        return requested.entrySet().stream()
                .filter(request -> granted(request.getKey()))
                .map(request ->
                        new Grant(request.getKey().service(), request.getKey().method(), request.getValue()))
                .toList();
    }

    private boolean granted(MethodKey key) {
        Decision decision = decided(key);
        return decision != null && decision.granted();
    }

    private @Nullable Decision decided(MethodKey key) {
        Decision decision = decisions.get(key);
        return decision != null && decision.covers(requested.getOrDefault(key, List.of())) ? decision : null;
    }

    /** The three columns. */
    List<RequestedMethod> columns(List<HostServiceDescriptor> provided) {
        return requested.entrySet().stream()
                .map(request -> column(request.getKey(), request.getValue(), provided))
                .toList();
    }

    private RequestedMethod column(MethodKey key, List<String> resources, List<HostServiceDescriptor> provided) {
        boolean there = isProvided(key, provided);
        Decision decision = decided(key);
        if (decision == null) {
            return new RequestedMethod(
                    key.service(),
                    key.method(),
                    resources,
                    RequestedMethod.Decision.UNDECIDED,
                    there,
                    "",
                    "",
                    "",
                    false);
        }
        return new RequestedMethod(
                key.service(),
                key.method(),
                resources,
                decision.granted() ? RequestedMethod.Decision.GRANTED : RequestedMethod.Decision.REFUSED,
                there,
                decision.by(),
                decision.at(),
                decision.digest(),
                decision.byPolicy());
    }

    static boolean isProvided(MethodKey key, List<HostServiceDescriptor> provided) {
        return provided.stream()
                .anyMatch(service -> service.name().equals(key.service())
                        && service.methods().contains(key.method()));
    }
}
