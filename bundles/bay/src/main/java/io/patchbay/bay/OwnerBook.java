// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.port.OwnerRegistry;
import io.patchbay.port.StoreOwner;
import java.util.Map;
import java.util.Optional;

/** The record of owners, as long as it is there. */
final class OwnerBook {
    private final Port<OwnerRegistry> registry;

    OwnerBook(IncidentLog log) {
        registry = new Port<>("the record of owners", log);
    }

    void attach(OwnerRegistry arrived) {
        registry.attach(arrived);
    }

    void detach(OwnerRegistry leaving) {
        registry.detach(leaving);
    }

    /** Reads the owner; {@link Ownership.Unread} when the registry is away or fails. */
    Ownership find(String kind, String plugin) {
        return registry.ask(known -> Ownership.of(known.owner(kind, plugin))).orElseGet(Ownership.Unread::new);
    }

    /** Records an owner unless there is one; empty when the registry is away or fails, and then nothing may be written. */
    Optional<StoreOwner> claim(String kind, String plugin, StoreOwner owner) {
        return registry.ask(known -> known.claim(kind, plugin, owner));
    }

    /** Replaces an owner, durably; false when the registry is away or fails, and then the one before stays. */
    boolean change(String kind, String plugin, StoreOwner owner) {
        return registry.ask(known -> {
                    known.change(kind, plugin, owner);
                    return owner;
                })
                .isPresent();
    }

    /** The owners of a kind by plugin; empty when the registry is away or fails. */
    Optional<Map<String, StoreOwner>> all(String kind) {
        return registry.ask(known -> known.owners(kind));
    }

    /** What a plugin owns, by kind; empty when the registry is away or fails. */
    Optional<Map<String, StoreOwner>> ofPlugin(String plugin) {
        return registry.ask(known -> known.ofPlugin(plugin));
    }

    /** Forgets an owner, durably; false when the registry is away or fails, and then it stays. */
    boolean forget(String kind, String plugin) {
        return registry.ask(known -> {
                    known.forget(kind, plugin);
                    return kind;
                })
                .isPresent();
    }
}
