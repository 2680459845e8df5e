// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.BindingView;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.ProviderView;
import io.patchbay.admin.ProviderView.State;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.shell.Finding.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the node itself: its folders, who serves each kind, and what waits for consent. Immutable. */
final class NodeCheck {
    /** What there is only with the data folder open. */
    static final Set<String> OF_THE_FOLDER = Set.of(
            "io.patchbay.provider.DataFolder",
            "io.patchbay.port.OwnerRegistry",
            "io.patchbay.port.MigrationJournal",
            "io.patchbay.port.AuditLog");

    /** What is kept there unless somebody says otherwise. */
    private static final Set<String> KEPT_IN_THE_FOLDER =
            Set.of("io.patchbay.provider.state.StateProvider", "io.patchbay.provider.log.LogProvider");

    private static final int FOLDERS_SHOWN = 3;

    private final Surroundings surroundings;

    NodeCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The data folder, or what bundles keep in it, that cannot be written. */
    static Optional<Cause> folders(Path data) {
        List<Path> closed;
        try (Stream<Path> below = Files.walk(data, 1)) {
            closed = below.filter(folder -> Files.isDirectory(folder) && !Files.isWritable(folder))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            closed = List.of(data);
        }
        if (closed.isEmpty()) {
            return Optional.empty();
        }
        String remedy = "the right to write there for the user of this process, " + System.getProperty("user.name");
        if (closed.contains(data)) {
            Finding all = new Finding(
                    Weight.HINDERS,
                    "the data folder " + data + " is not writable",
                    "nothing can be installed, changed or stored",
                    remedy);
            return Optional.of(new Cause(all, KEPT_IN_THE_FOLDER));
        }
        String more = closed.size() > FOLDERS_SHOWN ? " and " + (closed.size() - FOLDERS_SHOWN) + " more" : "";
        Finding some = new Finding(
                Weight.HINDERS,
                closed.stream().limit(FOLDERS_SHOWN).map(Path::toString).collect(Collectors.joining(", ")) + more
                        + " in the data folder cannot be written",
                "what the bundles of these names store is lost or refused",
                remedy);
        return Optional.of(new Cause(some, Set.of()));
    }

    /**
     * Kinds that nothing serves, and providers that are not well.
     *
     * @param causes what is known already; one that explains that a kind is not served is told so
     */
    List<Finding> kinds(List<BindingView> bindings, List<ProviderView> providers, List<Cause> causes) {
        List<Finding> found = new ArrayList<>();
        for (BindingView binding : bindings) {
            List<ProviderView> ofKind = providers.stream()
                    .filter(provider -> provider.kind().equals(binding.kind()))
                    .toList();
            Optional<Cause> cause = causes.stream()
                    .filter(one -> one.explainsKind(binding.kind()))
                    .findFirst();
            if (!binding.provider().isEmpty()) {
                ofKind.stream()
                        .filter(provider -> cause.isEmpty() || provider.state() == State.READY)
                        .flatMap(provider -> unwell(provider, provider.name().equals(binding.provider())).stream())
                        .forEach(found::add);
            } else if (cause.isPresent()) {
                cause.get().leavesUnserved(binding.kind());
            } else {
                found.add(unserved(binding, ofKind));
            }
        }
        return found;
    }

    private static Optional<Finding> unwell(ProviderView provider, boolean isServing) {
        boolean isOnItsWay = switch (provider.state()) {
            case STARTING, DRAINING, SHADOWED -> true;
            case UNCONFIGURED, WAITING, READY, FAILED, REFUSED -> false;
        };
        return Troubles.of(provider)
                .filter(trouble -> isServing || !isOnItsWay)
                .map(trouble -> isServing
                        ? new Finding(
                                Weight.HINDERS,
                                trouble,
                                "plugins that it serves get errors, or what they write is lost",
                                "what the reason says; or another one: bind " + provider.kind() + " NAME")
                        : new Finding(
                                Weight.ADVICE,
                                trouble,
                                "it cannot be chosen; another one serves",
                                "what the reason says"));
    }

    private Finding unserved(BindingView binding, List<ProviderView> ofKind) {
        String kind = binding.kind();
        String those = ofKind.stream()
                .map(provider -> "'" + provider.name() + "' " + why(provider))
                .collect(Collectors.joining("; "));
        String wish = binding.wish().isEmpty() ? "" : ", where '" + binding.wish() + "' is wanted";
        return new Finding(
                Weight.HINDERS,
                "nothing serves the kind " + kind + wish + (those.isEmpty() ? "" : ": " + those),
                "plugins that use " + kind + " get an error",
                String.join("; or ", remedies(kind, ofKind)));
    }

    private List<String> remedies(String kind, List<ProviderView> ofKind) {
        List<String> remedies = new ArrayList<>();
        if (ofKind.stream()
                .anyMatch(provider -> provider.state() != State.READY && provider.state() != State.UNCONFIGURED)) {
            remedies.add("what the reason says");
        }
        ofKind.stream()
                .filter(provider -> provider.explicit() && provider.state() == State.READY)
                .forEach(provider -> remedies.add("bind " + kind + " " + provider.name()));
        Optional<String> standard = surroundings.defaultProvider(kind);
        boolean isThere = standard.isPresent()
                && ofKind.stream().anyMatch(provider -> provider.bundle().startsWith(standard.get() + " "));
        if (!isThere) {
            remedies.add(standard.map(surroundings::bringsOurs).orElse("a bundle with a provider of " + kind));
        }
        return remedies.isEmpty() ? List.of("bind " + kind + " NAME") : remedies;
    }

    private static String why(ProviderView provider) {
        String detail = Troubles.detail(provider);
        String why = provider.explicit() && provider.state() == State.READY
                ? "serves only where it is bound"
                : "is " + provider.state().name().toLowerCase(Locale.ROOT);
        return detail.isEmpty() ? why : why + ": " + detail;
    }

    static List<Finding> consent(List<PluginView> installed) {
        return installed.stream()
                .filter(plugin -> !plugin.undecided().isEmpty())
                .map(plugin -> new Finding(
                        Weight.CONSENT,
                        plugin.descriptor().id() + " waits for consent: "
                                + plugin.undecided().stream()
                                        .map(RequestedMethod::name)
                                        .collect(Collectors.joining(", ")),
                        "its newest release is not served",
                        "grant " + plugin.descriptor().id() + " all, or the methods that you allow"))
                .toList();
    }
}
