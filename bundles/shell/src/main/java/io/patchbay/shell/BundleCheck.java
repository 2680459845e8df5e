// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.shell.Finding.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** Looks for bundles of ours that are missing, not resolved or not started. Not thread-safe. */
final class BundleCheck {
    static final String OURS = "io.patchbay.";
    private static final String SERVICE = "osgi.service";
    private static final String NOTHING_OF_IT = "nothing that is offered there can be used";

    private final BundleContext context;
    private final Surroundings surroundings;
    private final Requirements requirements;

    BundleCheck(BundleContext context, Surroundings surroundings) {
        this.context = context;
        this.surroundings = surroundings;
        this.requirements = new Requirements(context);
    }

    /** The bundles of ours that are installed, without fragments. */
    static List<Bundle> ours(BundleContext context) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null
                        && bundle.getSymbolicName().startsWith(OURS)
                        && bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null)
                .toList();
    }

    /** The services that a bundle says to offer, by the name of their type. */
    static List<String> offers(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return List.of();
        }
        return revision.getDeclaredCapabilities(SERVICE).stream()
                .flatMap(BundleCheck::types)
                .distinct()
                .toList();
    }

    private static Stream<String> types(BundleCapability capability) {
        Object types = capability.getAttributes().get(Constants.OBJECTCLASS);
        return types instanceof List<?> list ? list.stream().map(String::valueOf) : Stream.of(String.valueOf(types));
    }

    /**
     * Adds what is found to what is known.
     *
     * @param causes the features that the container lacks; bundles that cannot be there without them are added to these
     */
    void addTo(List<Cause> causes, List<ContainerFeature> lacking) {
        List<Bundle> ours = ours(context);
        causes.addAll(absent(ours, lacking));
        List<Cause> features = List.copyOf(causes);
        Map<String, List<Bundle>> unresolved = new TreeMap<>();
        for (Bundle bundle : ours) {
            if (bundle.getState() == Bundle.INSTALLED) {
                List<Requirements.Missing> missing = requirements.missing(bundle);
                Optional<Cause> feature = cause(missing, lacking, features);
                if (feature.isPresent()) {
                    feature.get().takesAway(bundle.getSymbolicName(), offers(bundle));
                } else if (missing.isEmpty()
                        || !missing.stream().allMatch(Requirements.Missing::isOfUnresolvedBundleOfOurs)) {
                    unresolved
                            .computeIfAbsent(lack(bundle, missing), lack -> new ArrayList<>())
                            .add(bundle);
                }
            } else {
                notStarted(bundle).ifPresent(finding -> causes.add(new Cause(finding, offers(bundle))));
            }
        }
        unresolved.forEach((lack, bundles) -> causes.add(new Cause(
                unresolved(lack, bundles),
                bundles.stream().flatMap(bundle -> offers(bundle).stream()).toList())));
    }

    private List<Cause> absent(List<Bundle> ours, List<ContainerFeature> lacking) {
        Set<String> installed = new HashSet<>();
        ours.forEach(bundle -> installed.add(bundle.getSymbolicName()));
        boolean lacksHttp =
                lacking.stream().anyMatch(feature -> feature.service().equals(ContainerFeature.HTTP));
        List<Cause> causes = new ArrayList<>();
        for (ReleasePart part : ReleasePart.ALL) {
            boolean isLeftOut = part.weight() == Weight.ADVICE && surroundings == Surroundings.COMMAND;
            boolean isSaid = part.bundle().equals("io.patchbay.http") && lacksHttp;
            if (!installed.contains(part.bundle()) && !isLeftOut && !isSaid) {
                Finding finding = new Finding(
                        part.weight(),
                        part.bundle() + " is not installed",
                        part.effect(),
                        surroundings.bringsOurs(part.bundle()));
                causes.add(new Cause(finding, part.services()));
            }
        }
        return causes;
    }

    private static Optional<Cause> cause(
            List<Requirements.Missing> missing, List<ContainerFeature> lacking, List<Cause> causes) {
        return missing.stream()
                .flatMap(one ->
                        lacking.stream().filter(feature -> feature.brought().contains(one.name())))
                .flatMap(feature -> causes.stream().filter(cause -> cause.explains(feature.service())))
                .findFirst();
    }

    private static String lack(Bundle bundle, List<Requirements.Missing> missing) {
        return missing.isEmpty()
                ? "all that " + bundle.getSymbolicName() + " requires is there, but does not fit together, or nobody"
                        + " started it"
                : "nothing offers "
                        + missing.stream().map(Requirements.Missing::text).collect(Collectors.joining(", nor "));
    }

    private Finding unresolved(String lack, List<Bundle> bundles) {
        List<Requirements.Missing> missing = requirements.missing(bundles.get(0));
        String names = bundles.stream().map(BundleCheck::named).collect(Collectors.joining(", "));
        String remedy;
        if (missing.isEmpty()) {
            remedy = surroundings.starts(bundles.get(0).getBundleId()) + ", and the framework says what hinders it";
        } else if (missing.get(0).isOurs()) {
            remedy = "bundles of one release together, io.patchbay.api among them";
        } else {
            remedy = surroundings.bringsLibrary(
                    missing.get(0).name(), String.valueOf(bundles.get(0).getSymbolicName()));
        }
        return new Finding(
                Weight.HINDERS,
                names + (bundles.size() == 1 ? " is" : " are") + " not resolved: " + lack,
                NOTHING_OF_IT,
                remedy);
    }

    private Optional<Finding> notStarted(Bundle bundle) {
        boolean isLazy = String.valueOf(bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY))
                .startsWith(Constants.ACTIVATION_LAZY);
        int state = bundle.getState();
        if (state == Bundle.ACTIVE || (state == Bundle.STARTING && isLazy) || isLibrary(bundle)) {
            return Optional.empty();
        }
        Optional<ReleasePart> part = ReleasePart.ALL.stream()
                .filter(one -> one.bundle().equals(bundle.getSymbolicName()))
                .findFirst();
        return Optional.of(new Finding(
                part.map(ReleasePart::weight).orElse(Weight.ADVICE),
                named(bundle) + " is not started",
                part.map(ReleasePart::effect).orElse(NOTHING_OF_IT),
                surroundings.starts(bundle.getBundleId())));
    }

    /** A bundle whose classes are all that is used works without being started. */
    private static boolean isLibrary(Bundle bundle) {
        return bundle.getState() == Bundle.RESOLVED
                && bundle.getHeaders("").get("Service-Component") == null
                && bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATOR) == null;
    }

    static String named(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
