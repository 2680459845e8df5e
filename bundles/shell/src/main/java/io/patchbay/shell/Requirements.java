// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Finds what a bundle requires and nothing offers, without resolving anything. Not thread-safe. */
final class Requirements {
    private static final Pattern AT_LEAST = Pattern.compile("\\(version>=([^)]+)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");

    private final BundleContext context;
    private final FrameworkWiring wiring;

    Requirements(BundleContext context) {
        this.context = context;
        this.wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }

    /**
     * One thing that nothing offers.
     *
     * @param name the package or capability
     * @param text the same with its versions, and what else there is of it
     * @param isOfUnresolvedBundleOfOurs whether it is a bundle of ours that misses it, and that one says so itself
     */
    record Missing(String name, String text, boolean isOfUnresolvedBundleOfOurs) {
        boolean isOurs() {
            return name.startsWith(BundleCheck.OURS);
        }
    }

    /** What is missing for a bundle, or for a bundle that it would be wired to. */
    List<Missing> missing(Bundle bundle) {
        List<Missing> missing = new ArrayList<>();
        collect(bundle, false, new HashSet<>(), missing);
        return missing;
    }

    private void collect(Bundle bundle, boolean isForAnother, Set<Bundle> seen, List<Missing> missing) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null || !seen.add(bundle)) {
            return;
        }
        boolean isOfOurs =
                isForAnother && String.valueOf(bundle.getSymbolicName()).startsWith(BundleCheck.OURS);
        for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
            if (!isNeeded(requirement)) {
                continue;
            }
            Collection<BundleCapability> offers = wiring.findProviders(requirement);
            if (offers.isEmpty()) {
                missing.add(missing(requirement, isForAnother ? " for " + BundleCheck.named(bundle) : "", isOfOurs));
            } else if (offers.stream().noneMatch(offer -> offer.getRevision().getWiring() != null)) {
                collect(offers.iterator().next().getRevision().getBundle(), true, seen, missing);
            }
        }
    }

    private static boolean isNeeded(BundleRequirement requirement) {
        Map<String, String> directives = requirement.getDirectives();
        return !Namespace.RESOLUTION_OPTIONAL.equals(directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE))
                && !"dynamic".equals(directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE))
                && Namespace.EFFECTIVE_RESOLVE.equals(directives.getOrDefault(
                        Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, Namespace.EFFECTIVE_RESOLVE));
    }

    private Missing missing(BundleRequirement requirement, String forWhom, boolean isOfOurs) {
        String namespace = requirement.getNamespace();
        String filter = requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
        String name = first(Pattern.compile("\\(" + Pattern.quote(namespace) + "=([^)]+)\\)"), filter);
        String kind = namespace.equals(PackageNamespace.PACKAGE_NAMESPACE) ? "package" : namespace;
        Set<Version> others = versions(namespace, name);
        String text = kind + " " + name + range(filter) + forWhom
                + (others.isEmpty()
                        ? ""
                        : " (what is there is " + others.toString().replaceAll("[\\[\\]]", "") + ")");
        return new Missing(name, text, isOfOurs);
    }

    private static String range(String filter) {
        String below = first(BELOW, filter);
        String least = first(AT_LEAST, BELOW.matcher(filter).replaceAll(""));
        if (least.isEmpty()) {
            return "";
        }
        return below.isEmpty() ? " " + least + " or later" : " [" + least + "," + below + ")";
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** In which versions, none of which fits, something is there. */
    private Set<Version> versions(String namespace, String name) {
        Set<Version> versions = new TreeSet<>();
        for (Bundle bundle : context.getBundles()) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (revision == null) {
                continue;
            }
            for (BundleCapability capability : revision.getDeclaredCapabilities(namespace)) {
                Map<String, Object> attributes = capability.getAttributes();
                if (name.equals(attributes.get(namespace)) && attributes.get("version") instanceof Version version) {
                    versions.add(version);
                }
            }
        }
        return versions;
    }
}
