// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import io.patchbay.provider.ProviderHealth;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One provider as the patch bay sees it.
 *
 * @param kind its kind, not null
 * @param name its name, not null
 * @param bundle symbolic name and version of its bundle, not null
 * @param ranking its service ranking
 * @param explicit whether only a binding chooses it
 * @param state where it is, not null
 * @param health what it says of itself, not null
 * @param store the id of its store, for a sticky kind
 * @param owns the plugins whose data is in its store, by id, not null
 * @param pid the PID of the configuration that it is made of; empty when it needs none, not null
 * @param leases calls in flight
 * @param calls calls since it came
 * @param failures calls that failed since it came
 * @param detail one line more, such as why it is not ready; empty when there is nothing to say, not null
 */
public record ProviderView(
        String kind,
        String name,
        String bundle,
        int ranking,
        boolean explicit,
        State state,
        ProviderHealth health,
        Optional<String> store,
        List<String> owns,
        String pid,
        long leases,
        long calls,
        long failures,
        String detail) {
    /** Where a provider is in the patch bay. */
    public enum State {
        /** Its bundle is there, and nothing configures it; the detail says which PID would. */
        UNCONFIGURED,
        /** Its component waits for a service; the detail says for which. */
        WAITING,
        /** Its {@code ready()} stage is not complete yet. */
        STARTING,
        /** Can be chosen. */
        READY,
        /** Its component could not be made, or its {@code ready()} stage failed. */
        FAILED,
        /** Hidden by another provider of the same name and store. */
        SHADOWED,
        /** Refused: another provider of the same name works on another store. */
        REFUSED,
        /** Leaving; its last calls end. */
        DRAINING
    }

    /** Checks the components and copies the list. */
    public ProviderView {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(health, "health");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(pid, "pid");
        Objects.requireNonNull(detail, "detail");
        owns = List.copyOf(owns);
    }
}
