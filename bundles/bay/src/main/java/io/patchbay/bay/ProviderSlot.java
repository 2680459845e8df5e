// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.ProviderView;
import io.patchbay.admin.Topics;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.Slot;
import io.patchbay.hostservice.SlotOptions;
import io.patchbay.hostservice.StoreMover;
import io.patchbay.port.StoreOwner;
import io.patchbay.provider.Durability;
import io.patchbay.provider.StoreIdentity;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The slot of one kind: keeps its providers and, for each plugin, publishes the one that serves.
 *
 * <p>One lock guards who is there and who serves. It is never held while a provider, a registry or a listener is called,
 * nor on the way of a host call. A swap publishes first and retires afterwards; only then is anything waited for.
 *
 * @param <T> the SPI
 */
final class ProviderSlot<T> implements Slot<T> {
    private final SlotOptions<T> options;
    private final String owner;
    private final ProviderSource<T> source;
    private final BayParts parts;
    private final Runnable whenClosed;
    private final SlotCounters counters = new SlotCounters();
    private final ReentrantLock lock = new ReentrantLock();

    /** Held while an owner changes: a slot that closes meanwhile waits, so that its successor reads the new owner. */
    private final ReentrantLock handing = new ReentrantLock();

    private final Map<Long, Candidate<T>> candidates = new LinkedHashMap<>();
    private final Map<String, PluginView<T>> views = new ConcurrentHashMap<>();
    private final Arrivals<T> arrivals;
    private final ProviderShelf<T> shelf;
    private volatile boolean closed;

    /**
     * Makes a slot; {@link #open()} begins its work.
     *
     * @param owner symbolic name of the bundle that opens it
     * @param whenClosed told once it gives no lease any more
     */
    ProviderSlot(SlotOptions<T> options, String owner, ProviderSource<T> source, BayParts parts, Runnable whenClosed) {
        this.options = options;
        this.owner = owner;
        this.source = source;
        this.parts = parts;
        this.whenClosed = whenClosed;
        this.shelf = new ProviderShelf<>(options.kind(), source.spi(), this::snapshot, parts);
        this.arrivals = new Arrivals<>(this, options, parts, candidates);
    }

    void open() {
        source.open(arrivals);
    }

    @Override
    public String kind() {
        return options.kind();
    }

    /** The name of the type of its providers. */
    String spi() {
        return source.spi();
    }

    /** Symbolic name of the bundle that opened it. */
    String owner() {
        return owner;
    }

    boolean sticky() {
        return options.store().isPresent();
    }

    /** Waits until every provider has said whether it can serve, or has had the grace time since it came. */
    void awaitArrivals() {
        arrivals.await();
    }

    /** The providers, to look at. */
    ProviderShelf<T> shelf() {
        return shelf;
    }

    boolean closed() {
        return closed;
    }

    SlotCounters counters() {
        return counters;
    }

    void countWait() {
        counters.waits.increment();
    }

    // Who serves whom.

    @Override
    public PluginSlot<T> forPlugin(String pluginId) {
        return view(pluginId);
    }

    private PluginView<T> view(String pluginId) {
        @Nullable PluginView<T> known = views.get(pluginId);
        if (known != null) {
            return known;
        }
        PluginView<T> made = new PluginView<>(this, pluginId, parts, Ownership.initial(sticky()));
        @Nullable PluginView<T> first = views.putIfAbsent(pluginId, made);
        if (first != null) {
            return first;
        }
        if (!sticky() || !readOwner(made)) {
            change(effects -> settle(made, effects));
        }
        return made;
    }

    /** Reads a plugin's owner unless it is known; true when it became known by this. */
    boolean readOwner(PluginView<T> view) {
        if (!sticky() || closed) {
            return false;
        }
        lock.lock();
        try {
            if (!(view.ownership() instanceof Ownership.Unread)) {
                return false;
            }
        } finally {
            lock.unlock();
        }
        Ownership read = parts.owners().find(kind(), view.pluginId());
        if (read instanceof Ownership.Unread) {
            return false;
        }
        change(effects -> {
            if (view.ownership() instanceof Ownership.Unread) {
                view.ownership(read);
                settle(view, effects);
            }
        });
        return true;
    }

    /** The record of owners came: what was unread is read, and writes that waited to be recorded go on. */
    void ownersAttached() {
        if (!sticky()) {
            return;
        }
        for (PluginView<T> view : views.values()) {
            readOwner(view);
            view.wake();
        }
    }

    /** Records a provider's store as the owner of a plugin's data; false when that cannot be done now. */
    boolean claim(PluginView<T> view, Candidate<T> candidate) {
        Optional<StoreIdentity> store = candidate.store();
        if (store.isEmpty()) {
            return false;
        }
        StoreOwner mine = new StoreOwner(store.get(), candidate.traits().name());
        Optional<StoreOwner> recorded = parts.owners().claim(kind(), view.pluginId(), mine);
        if (recorded.isEmpty()) {
            return false;
        }
        change(effects -> {
            view.ownership(new Ownership.Owned(recorded.get()));
            settle(view, effects);
            if (recorded.get().equals(mine)) {
                effects.event(event(
                        Topics.OWNER,
                        "claimed",
                        candidate,
                        view.pluginId(),
                        "its store " + mine.store().id() + " owns the data from the first write on"));
            }
        });
        return true;
    }

    /**
     * Decides again for every plugin, after a binding changed or a grace time ended.
     *
     * @return the generations that serve no more, for whoever wants to see their calls end
     */
    List<Generation<?>> refresh() {
        return change(this::settle).retired();
    }

    /** Decides for every plugin; with the lock held. */
    void settle(Effects effects) {
        NameConflicts.settle(candidates.values());
        for (PluginView<T> view : views.values()) {
            settle(view, effects);
        }
    }

    private void settle(PluginView<T> view, Effects effects) {
        if (closed) {
            return;
        }
        Decision decision = decide(view);
        @Nullable
        Candidate<T> next = decision.serviceId().isPresent()
                ? candidates.get(decision.serviceId().getAsLong())
                : null;
        boolean writable = view.ownership() instanceof Ownership.Free || view.ownership() instanceof Ownership.Owned;
        PluginView.Published<T> published = view.publish(next, writable);
        published.retired().ifPresent(effects::retired);
        if (next != null && published.swapped()) {
            counters.swaps.increment();
            effects.event(event(Topics.SWAPPED, "swapped", next, view.pluginId(), decision.reason()));
        }
        if (view.tellPending(decision.outcome() == Decision.Outcome.PENDING_MOVE)) {
            effects.event(
                    new BayEvent(Topics.OWNER, "pending", kind(), decision.wish(), view.pluginId(), decision.reason()));
        }
        if (view.tellFallback(decision.outcome() == Decision.Outcome.FELL_BACK) && next != null) {
            effects.event(event(
                    Topics.SWAPPED,
                    "fallback",
                    next,
                    view.pluginId(),
                    "'" + decision.wish() + "' stayed away longer than the grace time; " + decision.reason()));
        }
        if (next != null) {
            tellLoss(view, next, effects);
        }
    }

    /** Decides for one plugin; a bound provider of a free kind that is away is given the grace time first. */
    private Decision decide(PluginView<T> view) {
        Decision decision = choose(view.pluginId(), view.ownership(), false);
        if (decision.outcome() != Decision.Outcome.WAITS_FOR_BOUND) {
            view.graceEnd(null);
            return decision;
        }
        long now = parts.nanoTime().getAsLong();
        @Nullable Long end = view.graceEnd();
        if (end == null) {
            Duration grace = parts.settings().get().grace();
            view.graceEnd(now + grace.toNanos());
            parts.timer().after(grace, this::refresh);
            return decision;
        }
        return now - end < 0 ? decision : choose(view.pluginId(), view.ownership(), true);
    }

    private Decision choose(String pluginId, Ownership ownership, boolean graceOver) {
        return choose(parts.wishes().of(kind(), pluginId), ownership, graceOver);
    }

    private Decision choose(List<Wish> wishes, Ownership ownership, boolean graceOver) {
        List<Chooser.Eligible> ready = candidates.values().stream()
                .filter(candidate -> candidate.state() == ProviderView.State.READY)
                .map(candidate -> new Chooser.Eligible(candidate.traits(), candidate.store()))
                .toList();
        return Chooser.choose(ready, wishes, ownership, graceOver);
    }

    private void tellLoss(PluginView<T> view, Candidate<T> serving, Effects effects) {
        if (!(view.ownership() instanceof Ownership.Owned owned)
                || owned.owner().store().durability() != Durability.NONE
                || serving.store().isEmpty()
                || serving.store().get().id().equals(owned.owner().store().id())
                || !view.tellLoss(serving.store().get().id())) {
            return;
        }
        effects.event(event(
                Topics.OWNER,
                "lost",
                serving,
                view.pluginId(),
                "its store is not durable and was started anew: what it held is lost"));
    }

    // Moving a plugin's data: what only the slot can do.

    /** How data is moved in this kind, bound to this slot's stores. */
    Optional<StoreMover<T>> mover() {
        return options.mover();
    }

    /**
     * Publishes the provider of a plugin anew: behind a layer, or with writes held, or as it is.
     *
     * @param layer what is put in front of the provider; null for nothing
     * @return generations published earlier whose calls have not ended
     */
    List<Generation<T>> publishAs(String pluginId, @Nullable UnaryOperator<T> layer, boolean hold) {
        PluginView<T> view = view(pluginId);
        change(effects -> {
            view.mode(layer, hold);
            settle(view, effects);
        });
        lock.lock();
        try {
            return view.ending();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes another store the owner, durably, and publishes its provider.
     *
     * @return false when the slot is closed or the record of owners cannot be written; the owner before stays
     */
    boolean handOver(String pluginId, StoreOwner next, Candidate<T> target, String detail) {
        PluginView<T> view = view(pluginId);
        handing.lock();
        try {
            if (closed || !parts.owners().change(kind(), pluginId, next)) {
                return false;
            }
            change(effects -> {
                view.ownership(new Ownership.Owned(next));
                view.mode(null, false);
                settle(view, effects);
                effects.event(event(Topics.OWNER, "changed", target, pluginId, detail));
            });
            return true;
        } finally {
            handing.unlock();
        }
    }

    /**
     * Forgets the owner of a plugin's data, durably, after everything was removed.
     *
     * @return false when the slot is closed or the record of owners cannot be written; the owner stays
     */
    boolean disown(String pluginId, String detail) {
        PluginView<T> view = view(pluginId);
        handing.lock();
        try {
            if (closed || !parts.owners().forget(kind(), pluginId)) {
                return false;
            }
            change(effects -> {
                view.ownership(new Ownership.Nobody());
                view.mode(null, false);
                settle(view, effects);
                effects.event(new BayEvent(Topics.OWNER, "purged", kind(), "", pluginId, detail));
            });
            return true;
        } finally {
            handing.unlock();
        }
    }

    /** Generations that serve no more and whose calls have not ended; of one plugin, or of all when the id is empty. */
    List<Generation<?>> ending(String pluginId) {
        lock.lock();
        try {
            return views.values().stream()
                    .filter(view -> pluginId.isEmpty() || view.pluginId().equals(pluginId))
                    .<Generation<?>>flatMap(view -> view.ending().stream())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** How many calls have waited, by plugin. */
    Map<String, Long> waits() {
        Map<String, Long> waits = new TreeMap<>();
        views.forEach((plugin, view) -> waits.put(plugin, view.waits()));
        return waits;
    }

    /** The plugins that have a view, by id. */
    Set<String> plugins() {
        return new TreeSet<>(views.keySet());
    }

    // For operators.

    Collection<Candidate<T>> snapshot() {
        lock.lock();
        try {
            return List.copyOf(candidates.values());
        } finally {
            lock.unlock();
        }
    }

    /**
     * What is decided for a plugin now, without changing anything.
     *
     * @param pluginId the plugin, empty for a plugin that has neither a binding of its own nor data
     */
    Look look(String pluginId) {
        return look(pluginId, parts.wishes().of(kind(), pluginId));
    }

    /** What would be decided for a plugin with other bindings. Who serves is still who serves now. */
    Look look(String pluginId, List<Wish> wishes) {
        @Nullable PluginView<T> view = views.get(pluginId);
        Ownership ownership = ownershipOf(pluginId);
        lock.lock();
        try {
            @Nullable Long end = view == null ? null : view.graceEnd();
            boolean graceOver = end != null && parts.nanoTime().getAsLong() - end >= 0;
            Decision decision = choose(wishes, ownership, graceOver);
            Optional<Candidate<T>> chosen = chosen(decision);
            // Who has not called yet would be served as its bindings say now.
            Optional<Candidate<T>> serving = view != null
                    ? view.serving()
                    : chosen(choose(parts.wishes().of(kind(), pluginId), ownership, false));
            return new Look(
                    decision,
                    serving.map(candidate -> candidate.traits().name()).orElse(""),
                    chosen.map(candidate -> candidate.traits().name()).orElse(""),
                    ownership);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Candidate<T>> chosen(Decision decision) {
        return decision.serviceId().stream().mapToObj(candidates::get).findFirst();
    }

    /**
     * A decision as operators see it.
     *
     * @param decision what is decided and why
     * @param serving the name of the provider that serves now, empty when none does
     * @param chosen the name of the provider that is decided for, empty when none is
     * @param ownership who owns the plugin's data
     */
    record Look(Decision decision, String serving, String chosen, Ownership ownership) {}

    private Ownership ownershipOf(String pluginId) {
        if (!sticky()) {
            return new Ownership.Free();
        }
        if (pluginId.isEmpty()) {
            return new Ownership.Nobody();
        }
        @Nullable PluginView<T> view = views.get(pluginId);
        if (view == null) {
            return parts.owners().find(kind(), pluginId);
        }
        readOwner(view);
        lock.lock();
        try {
            return view.ownership();
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing serves a plugin, for the log and for operators. */
    String reason(String pluginId) {
        return "nothing serves kind " + kind() + " for plugin '" + pluginId + "': "
                + look(pluginId).decision().reason();
    }

    // The end.

    @Override
    public void close() {
        beginClose();
        endClose(System.nanoTime() + parts.settings().get().drain().toNanos());
    }

    /** Gives no lease any more and sends home everybody who waits. Idempotent. */
    void beginClose() {
        Effects effects = new Effects();
        handing.lock();
        lock.lock();
        try {
            closed = true;
            views.values().forEach(view -> view.publish(null, false).retired().ifPresent(effects::retired));
            candidates.values().forEach(Candidate::retire);
        } finally {
            lock.unlock();
            handing.unlock();
        }
        whenClosed.run();
    }

    /** Waits for the calls in flight and lets every provider go. Whoever else does the same meanwhile waits too. */
    void endClose(long untilNanos) {
        for (Candidate<T> candidate : snapshot()) {
            arrivals.drain(candidate, untilNanos);
        }
        source.close();
        lock.lock();
        try {
            views.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Changes who is there or who serves, with the lock held, and posts afterwards what is to be told. */
    Effects change(Change change) {
        Effects effects = new Effects();
        lock.lock();
        try {
            change.make(effects);
        } finally {
            lock.unlock();
        }
        effects.post(parts.events());
        return effects;
    }

    /** What is done with the lock held. */
    @FunctionalInterface
    interface Change {
        void make(Effects effects);
    }

    BayEvent event(String topic, String what, Candidate<T> candidate, String plugin, String detail) {
        return new BayEvent(topic, what, kind(), candidate.traits().name(), plugin, detail);
    }
}
