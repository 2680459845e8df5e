// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.SlotOptions;
import io.patchbay.port.OwnerRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The patch bay: all open slots, the bindings and the record of owners that they share. Thread-safe.
 *
 * <p>Knows nothing of the framework but its filters; the components give it providers, settings and sinks.
 */
final class Bay {
    private final Wishes wishes = new Wishes();
    private final Map<String, ProviderSlot<?>> slots = new TreeMap<>();
    private final OwnerBook owners;
    private final BayParts parts;
    private volatile BaySettings settings;

    Bay(
            BaySettings settings,
            EventSink events,
            IncidentLog log,
            CallGuards guards,
            BayTimer timer,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.owners = new OwnerBook(log);
        this.parts = new BayParts(
                this::settings,
                wishes,
                owners,
                events,
                log,
                guards,
                timer,
                nanoTime,
                new HeldLeases(),
                new CallFailures(log));
    }

    BaySettings settings() {
        return settings;
    }

    /** Changes the settings; pools that run keep their size. */
    void settings(BaySettings changed) {
        settings = changed;
    }

    BayParts parts() {
        return parts;
    }

    /**
     * Opens a slot.
     *
     * @param owner symbolic name of the bundle that opens it
     * @throws IllegalStateException when the kind has a slot
     */
    <T> ProviderSlot<T> open(String owner, ProviderSource<T> source, SlotOptions<T> options) {
        ProviderSlot<T> slot;
        synchronized (slots) {
            ProviderSlot<?> there = slots.get(options.kind());
            if (there != null) {
                throw new IllegalStateException(
                        "a slot of kind '" + options.kind() + "' is open already, by bundle " + there.owner());
            }
            slot = new ProviderSlot<>(options, owner, source, parts, () -> closed(options.kind()));
            slots.put(options.kind(), slot);
        }
        try {
            slot.open();
        } catch (RuntimeException e) {
            slot.close();
            throw e;
        }
        return slot;
    }

    private void closed(String kind) {
        synchronized (slots) {
            ProviderSlot<?> slot = slots.get(kind);
            // A slot that is closed again must not push out its successor.
            if (slot != null && slot.closed()) {
                slots.remove(kind);
            }
        }
    }

    Optional<ProviderSlot<?>> slot(String kind) {
        synchronized (slots) {
            return Optional.ofNullable(slots.get(kind));
        }
    }

    /** The open slots, by kind. */
    List<ProviderSlot<?>> slots() {
        synchronized (slots) {
            return List.copyOf(slots.values());
        }
    }

    /** Adds or replaces a binding of the configuration and follows it where that needs no move. */
    void configure(String pid, Wish wish) {
        wish.problem()
                .ifPresent(problem -> parts.log().warning("binding " + pid + " is not followed: " + problem, null));
        Optional<Wish> before = wishes.configure(pid, wish);
        refresh(wish.kind());
        before.filter(old -> !old.kind().equals(wish.kind())).ifPresent(old -> refresh(old.kind()));
    }

    void unconfigure(String pid) {
        wishes.unconfigure(pid).ifPresent(old -> refresh(old.kind()));
    }

    private void refresh(String kind) {
        slot(kind).ifPresent(ProviderSlot::refresh);
    }

    void attachOwners(OwnerRegistry registry) {
        owners.attach(registry);
        slots().forEach(ProviderSlot::ownersAttached);
    }

    void detachOwners(OwnerRegistry registry) {
        owners.detach(registry);
    }

    /** Closes slots within one drain time for all of them together. */
    void close(Collection<? extends ProviderSlot<?>> closing) {
        long until = System.nanoTime() + settings.drain().toNanos();
        closing.forEach(ProviderSlot::beginClose);
        closing.forEach(slot -> slot.endClose(until));
    }

    /** Closes every slot. Idempotent. */
    void close() {
        close(slots());
    }
}
