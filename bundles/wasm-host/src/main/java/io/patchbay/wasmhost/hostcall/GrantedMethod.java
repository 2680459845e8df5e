// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import io.patchbay.hostservice.PluginContext;
import io.patchbay.hostservice.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * One method that was granted to one release, bound to whichever generation of its host service serves now.
 *
 * <p>It outlives the service: when that leaves, nothing of it stays here but names. Thread-safe; reading the binding takes
 * no lock.
 */
final class GrantedMethod {
    private final HostServiceSlot slot;
    private final PluginContext plugin;
    private final String method;
    private final Incidents incidents;
    private volatile @Nullable Binding binding;
    private boolean closed;

    GrantedMethod(HostServiceSlot slot, PluginContext plugin, String method, Incidents incidents) {
        this.slot = slot;
        this.plugin = plugin;
        this.method = method;
        this.incidents = incidents;
    }

    HostServiceSlot slot() {
        return slot;
    }

    String method() {
        return method;
    }

    /** Tells whether a call may name this resource; a service without resources takes none (contract D4). */
    boolean allows(ResourceKind kind, String trimmedResourceRef) {
        return kind == ResourceKind.REF
                ? plugin.resources().contains(trimmedResourceRef)
                : trimmedResourceRef.isEmpty();
    }

    /** Tells whether a call without a resource is covered now; false while it is not known what the service offers. */
    boolean servesWithoutResource() {
        Binding now = binding;
        return now != null && now.generation().descriptor().resourceKind() == ResourceKind.NONE;
    }

    /** The binding to call through; null while the service is away. */
    @Nullable
    Binding binding() {
        return binding;
    }

    /** Binds to a generation unless that has been replaced meanwhile. The service is called outside any lock. */
    void bindTo(ServiceGeneration generation) {
        if (!generation.enter()) {
            return;
        }
        try {
            Binding made = Binding.make(generation, plugin, method, incidents);
            if (publish(made)) {
                generation.remember(made);
            } else {
                made.close();
            }
        } finally {
            generation.leave();
        }
    }

    private synchronized boolean publish(Binding made) {
        Binding old = binding;
        boolean again = old != null && old.generation() == made.generation();
        if (closed || again || !slot.isCurrent(made.generation())) {
            return false;
        }
        binding = made;
        return true;
    }

    /** Lets go of a generation that has left without a successor. */
    synchronized void unbindFrom(ServiceGeneration generation) {
        Binding old = binding;
        if (old != null && old.generation() == generation) {
            binding = null;
        }
    }

    /** Takes the grant back; called when no execution uses it any more. Idempotent. */
    void close() {
        Binding old;
        synchronized (this) {
            closed = true;
            old = binding;
            binding = null;
        }
        slot.unsubscribe(this);
        if (old != null) {
            old.generation().forget(old);
            old.close();
        }
    }
}
