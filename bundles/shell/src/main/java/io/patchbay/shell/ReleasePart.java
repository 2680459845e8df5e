// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.shell.Finding.Weight;
import java.util.List;
import java.util.Set;

/**
 * A bundle of ours that a node is not whole without.
 *
 * @param bundle its symbolic name
 * @param weight how much it is missed
 * @param services what it offers, for others to wait for
 * @param effect what is lost without it
 */
record ReleasePart(String bundle, Weight weight, Set<String> services, String effect) {
    /** All but this one, and {@code api}, without which this one is not there. */
    static final List<ReleasePart> ALL = List.of(
            new ReleasePart(
                    "io.patchbay.bay",
                    Weight.HINDERS,
                    Set.of("io.patchbay.hostservice.ProviderSlots", "io.patchbay.admin.ProviderAdmin"),
                    "no provider is chosen, so no plugin is served"),
            new ReleasePart(
                    "io.patchbay.runtime",
                    Weight.HINDERS,
                    Set.of("io.patchbay.admin.LogAdmin", "io.patchbay.admin.StateAdmin"),
                    "plugins have no host service 'runtime': no state, no log, no clock"),
            new ReleasePart(
                    "io.patchbay.wasmhost", Weight.HINDERS, Set.of("io.patchbay.port.Engine"), "no plugin can run"),
            new ReleasePart(
                    "io.patchbay.lifecycle",
                    Weight.HINDERS,
                    Set.of(
                            "io.patchbay.admin.NodeAdmin",
                            "io.patchbay.admin.PluginAdmin",
                            "io.patchbay.admin.AuditAdmin",
                            "io.patchbay.admin.BackupAdmin",
                            "io.patchbay.admin.SettingsAdmin",
                            "io.patchbay.provider.DataFolder"),
                    "there is no data folder: no plugin is installed or served"),
            new ReleasePart(
                    "io.patchbay.deploy",
                    Weight.ADVICE,
                    Set.of(),
                    "plugins in the watched directory and in bundles are not taken"),
            new ReleasePart(
                    "io.patchbay.http",
                    Weight.ADVICE,
                    Set.of(),
                    "plugins and verbs cannot be reached over HTTP, and not by the command 'patchbay'"));
}
