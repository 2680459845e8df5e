// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.shell.Finding.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** Looks for packages of the API that more than one bundle exports, and for who is wired to which. Not thread-safe. */
final class ApiCheck {
    private static final String API = "io.patchbay.api";
    private static final String PACKAGES = PackageNamespace.PACKAGE_NAMESPACE;

    private final BundleContext context;
    private final Surroundings surroundings;

    ApiCheck(BundleContext context, Surroundings surroundings) {
        this.context = context;
        this.surroundings = surroundings;
    }

    /**
     * What was found.
     *
     * @param finding what is said of it
     * @param isSplit whether bundles are wired to different ones
     */
    record Second(Finding finding, boolean isSplit) {}

    Optional<Second> second() {
        Bundle own = own();
        Set<String> packages = exported(own).keySet();
        List<Bundle> others = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            boolean exports = exported(bundle).keySet().stream().anyMatch(packages::contains);
            if (!bundle.equals(own) && (exports || API.equals(bundle.getSymbolicName()))) {
                others.add(bundle);
            }
        }
        if (others.isEmpty()) {
            return Optional.empty();
        }
        Map<Bundle, Set<String>> users = users(packages);
        boolean isSplit = others.stream().anyMatch(users::containsKey);
        String what = "the API is there more than once: " + named(own) + ", which "
                + users.getOrDefault(own, Set.of()).size() + " bundles use; "
                + others.stream()
                        .map(other -> named(other) + ", which "
                                + (users.containsKey(other)
                                        ? String.join(", ", users.getOrDefault(other, Set.of()))
                                        : "no bundle")
                                + " uses")
                        .collect(Collectors.joining("; "));
        String effect = isSplit
                ? "what bundles offer that are wired to different ones is not seen by the others"
                : "bundles that are installed or refreshed later may be wired to another one than the rest";
        String remedy = others.stream()
                .map(other -> surroundings.uninstalls(other.getBundleId()))
                .collect(Collectors.joining("; "));
        return Optional.of(
                new Second(new Finding(isSplit ? Weight.HINDERS : Weight.ADVICE, what, effect, remedy), isSplit));
    }

    /** The bundle that this one has its API from. */
    private Bundle own() {
        BundleWiring wiring = context.getBundle().adapt(BundleWiring.class);
        return wiring.getRequiredWires(PACKAGES).stream()
                .filter(wire -> "io.patchbay.admin".equals(name(wire.getCapability())))
                .map(wire -> wire.getProvider().getBundle())
                .findFirst()
                .orElseThrow();
    }

    private static String name(BundleCapability capability) {
        return String.valueOf(capability.getAttributes().get(PACKAGES));
    }

    /** The packages of ours that a bundle exports, or would, with their versions. */
    private static Map<String, String> exported(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        List<BundleCapability> capabilities = List.of();
        if (wiring != null) {
            capabilities = wiring.getCapabilities(PACKAGES);
        } else if (revision != null) {
            capabilities = revision.getDeclaredCapabilities(PACKAGES);
        }
        Map<String, String> packages = new TreeMap<>();
        for (BundleCapability capability : capabilities) {
            if (name(capability).startsWith(BundleCheck.OURS)) {
                packages.put(
                        name(capability),
                        String.valueOf(capability.getAttributes().get("version")));
            }
        }
        return packages;
    }

    /** Who is wired to which, by symbolic name. */
    private Map<Bundle, Set<String>> users(Set<String> packages) {
        Map<Bundle, Set<String>> users = new HashMap<>();
        for (Bundle bundle : context.getBundles()) {
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            if (wiring == null) {
                continue;
            }
            Set<Bundle> used = new HashSet<>();
            for (BundleWire wire : wiring.getRequiredWires(PACKAGES)) {
                if (packages.contains(name(wire.getCapability()))) {
                    used.add(wire.getProvider().getBundle());
                }
            }
            used.remove(bundle);
            used.forEach(one ->
                    users.computeIfAbsent(one, key -> new TreeSet<>()).add(String.valueOf(bundle.getSymbolicName())));
        }
        return users;
    }

    private static String named(Bundle bundle) {
        String versions = exported(bundle).values().stream().distinct().sorted().collect(Collectors.joining(", "));
        return BundleCheck.named(bundle) + " (bundle " + bundle.getBundleId() + ", packages " + versions + ")";
    }
}
