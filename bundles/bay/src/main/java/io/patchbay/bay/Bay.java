// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.hostservice.SlotOptions;
import io.patchbay.port.MigrationJournal;
import io.patchbay.port.OwnerRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
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
    private final JournalBook journal;
    private final BayParts parts;
    private final Moves moves;
    private final AtomicReference<DeclaredProviders> declared = new AtomicReference<>(DeclaredProviders.NONE);
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
        this.journal = new JournalBook(log);
        this.parts = new BayParts(
                this::settings,
                declared::get,
                wishes,
                owners,
                events,
                log,
                guards,
                timer,
                nanoTime,
                new HeldLeases(),
                new CallFailures(new IncidentDesk(log, timer)));
        this.moves = new Moves(this::slot, journal, owners, events, log);
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

    /** The slot of a kind, or a refusal that names the kinds there are. */
    ProviderSlot<?> requireSlot(String kind) throws AdminException {
        return slot(kind)
                .orElseThrow(() -> new AdminException(
                        AdminException.Problem.INPUT,
                        "there is no kind " + Targets.quoted(kind) + "; the kinds are "
                                + String.join(
                                        ", ",
                                        slots().stream().map(ProviderSlot::kind).toList())));
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
        before.filter(old -> !old.kind().equals(wish.kind())).ifPresent(old -> refresh(old.kind()));
        refresh(wish.kind());
    }

    /** Takes a binding of the configuration back, whatever it is now. */
    void unconfigure(String pid) {
        wishes.unconfigure(pid).ifPresent(old -> refresh(old.kind()));
    }

    /**
     * Takes a binding of the configuration back that was said to be deleted, unless it is there again by now.
     *
     * <p>What is bound is read first and taken back only if it is still the same: whoever binds keeps the binding first and
     * brings it then, so a binding that comes in between is not taken back with the old one.
     */
    void unconfigureIfGone(String pid, BooleanSupplier kept) {
        Optional<Wish> seen = wishes.configured(pid);
        if (seen.isPresent() && !kept.getAsBoolean()) {
            wishes.unconfigure(pid, seen.get()).ifPresent(old -> refresh(old.kind()));
        }
    }

    private void refresh(String kind) {
        slot(kind).ifPresent(ProviderSlot::refresh);
    }

    void attachOwners(OwnerRegistry registry) {
        owners.attach(registry);
        slots().forEach(ProviderSlot::ownersAttached);
        moves.reconcile();
    }

    /** The component runtime can be asked. */
    void declare(DeclaredProviders arrived) {
        declared.set(arrived);
    }

    void declareNoMore(DeclaredProviders leaving) {
        declared.compareAndSet(leaving, DeclaredProviders.NONE);
    }

    /** The journal came: what a crash left open is closed in it, once the owners are known too. */
    void attachJournal(MigrationJournal arrived) {
        journal.attach(arrived);
        moves.reconcile();
    }

    void detachJournal(MigrationJournal leaving) {
        journal.detach(leaving);
    }

    Moves moves() {
        return moves;
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
