// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.PluginView;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.port.PluginDependency;
import io.patchbay.port.PluginDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How plugins and artifacts are shown to operators: columns and notes, no decision of its own. */
final class PluginViews {
    private PluginViews() {}

    /** A plugin as it is now; {@code first} are notes that come before all others. */
    static PluginView of(InstalledPlugin plugin, List<HostServiceDescriptor> provided, List<String> first) {
        PluginRecord record = plugin.record();
        ReleaseRecord newest = record.newest();
        Consent consent = Consent.of(newest.descriptor(), record.decisions());
        List<RequestedMethod> columns = consent.columns(provided);
        List<String> notes = new ArrayList<>(first);
        if (newest.development()) {
            notes.add("development: this release was installed in development mode, where the same version may have"
                    + " other bytes");
        }
        if (!record.disabledWhy().isEmpty()) {
            notes.add("disabled: " + record.disabledWhy());
        }
        if (record.activation() == Activation.NEW) {
            notes.add("not enabled yet");
        }
        if (!plugin.service().suspendedWhy().isEmpty()) {
            notes.add("not served now: " + plugin.service().suspendedWhy());
        }
        if (record.pending()) {
            notes.add(pending(record, consent));
        }
        notes.addAll(unsatisfied(columns));
        notes.addAll(accepted(newest.descriptor()));
        return new PluginView(
                newest.descriptor(),
                newest.digest(),
                plugin.service().state(),
                record.serving().map(release -> release.descriptor().version()).orElse(""),
                record.serving().map(ReleaseRecord::digest).orElse(""),
                columns,
                record.wayIn(),
                record.tenancy().mode(),
                record.tenancy().tenants(),
                plugin.service().suspendedWhy(),
                notes);
    }

    private static String pending(PluginRecord record, Consent consent) {
        String waits = "version " + record.newest().descriptor().version() + " ("
                + Texts.digest(record.newest().digest()) + ") waits for a decision on "
                + consent.undecided().stream().map(MethodKey::name).collect(Collectors.joining(", "));
        return record.serving()
                .map(release -> waits + "; version " + release.descriptor().version() + " ("
                        + Texts.digest(release.digest()) + ") keeps serving")
                .orElse(waits + "; nothing serves until then");
    }

    private static List<String> unsatisfied(List<RequestedMethod> columns) {
        return columns.stream()
                .filter(method -> !method.provided())
                .map(method -> "unsatisfied: no bundle provides " + method.name() + " now")
                .toList();
    }

    /** What an artifact says that this host accepts and does not act on, one line each. */
    static List<String> accepted(PluginDescriptor descriptor) {
        List<String> notes = new ArrayList<>(descriptor.unusedSections());
        descriptor
                .unknownMembers()
                .forEach(member -> notes.add(member + ": not known to this host, or not used by it"));
        if (!descriptor.pluginDependencies().isEmpty()) {
            notes.add("plugin dependencies: declared, not checked yet: "
                    + descriptor.pluginDependencies().stream()
                            .map(PluginDependency::pluginId)
                            .collect(Collectors.joining(", ")));
        }
        return notes;
    }
}
