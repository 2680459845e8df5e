// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.BindRequest;
import io.patchbay.admin.BindResult;
import io.patchbay.admin.BindResult.Change;
import io.patchbay.admin.BindResult.PluginChange;
import io.patchbay.admin.ChangeListener;
import io.patchbay.admin.MigrationView;
import io.patchbay.admin.ProviderView;
import io.patchbay.admin.Topics;
import io.patchbay.admin.UnbindRequest;
import io.patchbay.port.MigrationRecord;
import io.patchbay.port.StoreOwner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Binds and unbinds durably: checks first, then keeps the wish, then swaps and moves. Thread-safe. */
final class Bindings {
    private final Bay bay;
    private final Drains drains;
    private final MoveThreads movers;
    private final Supplier<Optional<BindingStore>> store;
    private final PluginIds plugins;

    /**
     * Makes one.
     *
     * @param store where bindings are kept, while there is such a place
     */
    Bindings(Bay bay, Drains drains, MoveThreads movers, Supplier<Optional<BindingStore>> store, PluginIds plugins) {
        this.bay = bay;
        this.drains = drains;
        this.movers = movers;
        this.store = store;
        this.plugins = plugins;
    }

    BindResult bind(BindRequest request, ChangeListener listener) throws AdminException {
        ProviderSlot<?> slot = bay.requireSlot(request.kind());
        slot.awaitArrivals();
        checkPlugin(slot, request.pluginId());
        Wish wish = wish(request);
        ProviderView target = Targets.bindable(slot, wish);
        if (!slot.sticky() && request.mode() != BindRequest.Mode.NONE) {
            throw new AdminException(
                    Problem.INPUT, "kind " + slot.kind() + " keeps no data: there is nothing to copy or discard");
        }
        List<PluginChange> changes = new BindingPlan(bay, slot, plugins).changes(wish, request.mode(), target);
        refusePending(slot, request, changes, target);
        List<Moves.Order> orders = orders(slot, request, changes, target);
        for (Moves.Order order : orders) {
            bay.moves().check(order);
        }
        BindingStore keeper = keeper();
        List<String> warnings = warnings(slot, changes, target);
        if (request.dryRun()) {
            return new BindResult(request.kind(), request.pluginId(), true, changes, List.of(), warnings);
        }
        List<Generation<?>> retired = follow(slot, keeper, wish, request.actor());
        // All moves are begun together: they go on one after another although this thread should not wait for them.
        Optional<MoveThreads.Begun<List<MigrationRecord>>> moving =
                orders.isEmpty() ? Optional.empty() : Optional.of(begin(orders));
        drains.await(retired, slot.kind(), listener);
        List<MigrationView> moves =
                moving.isEmpty() ? List.of() : views(moving.get().await(() -> tell(orders, listener)));
        return new BindResult(request.kind(), request.pluginId(), false, changes, moves, warnings);
    }

    private MoveThreads.Begun<List<MigrationRecord>> begin(List<Moves.Order> orders) throws AdminException {
        try {
            return movers.begin(() -> move(orders));
        } catch (AdminException e) {
            throw new AdminException(
                    e.problem(), e.getMessage() + "; the binding is kept, and pending until the data is moved", e);
        }
    }

    private List<MigrationRecord> move(List<Moves.Order> orders) throws AdminException {
        List<MigrationRecord> moved = new ArrayList<>();
        for (Moves.Order order : orders) {
            try {
                moved.add(bay.moves().move(order));
            } catch (AdminException e) {
                throw orders.size() == 1 ? e : stopped(e, moved, orders.subList(moved.size() + 1, orders.size()));
            }
        }
        return moved;
    }

    private static AdminException stopped(
            AdminException stop, List<MigrationRecord> moved, List<Moves.Order> unreached) {
        List<String> details = new ArrayList<>(stop.details());
        moved.forEach(record -> details.add("plugin '" + record.pluginId() + "' was moved: move " + record.id()));
        unreached.forEach(order -> details.add("plugin '" + order.pluginId()
                + "' was not reached: its data stays where it is, and the binding is pending for it"));
        AdminException told = new AdminException(stop.problem(), String.valueOf(stop.getMessage()), details);
        told.initCause(stop);
        return told;
    }

    private void tell(List<Moves.Order> orders, ChangeListener listener) {
        for (Moves.Order order : orders) {
            bay.moves().running(order.kind(), order.pluginId()).ifPresent(listener::moving);
        }
    }

    private List<MigrationView> views(List<MigrationRecord> records) {
        return records.stream().map(bay.moves()::view).toList();
    }

    BindResult unbind(UnbindRequest request, ChangeListener listener) throws AdminException {
        ProviderSlot<?> slot = bay.requireSlot(request.kind());
        String whose = request.pluginId().isEmpty() ? "by default" : "for plugin '" + request.pluginId() + "'";
        Wishes wishes = bay.parts().wishes();
        if (!wishes.bound(request.kind(), request.pluginId())) {
            throw new AdminException(Problem.INPUT, "nothing is bound in kind " + request.kind() + " " + whose);
        }
        Wish gone = Wish.configured(request.kind(), request.pluginId(), "", "");
        BindResult result = new BindResult(
                request.kind(),
                request.pluginId(),
                request.dryRun(),
                new BindingPlan(bay, slot, plugins).changesWithout(gone),
                List.of(),
                List.of());
        List<Generation<?>> before = slot.ending(request.pluginId());
        List<String> pids = wishes.lastingOf(request.kind(), request.pluginId());
        if (!pids.isEmpty()) {
            BindingStore keeper = keeper();
            for (String pid : request.dryRun() ? List.<String>of() : pids) {
                keep(() -> keeper.remove(pid));
                bay.unconfigure(pid);
            }
        }
        if (!request.dryRun()) {
            wishes.unbindForNow(request.kind(), request.pluginId());
            slot.refresh();
            drains.await(retired(slot, request.pluginId(), before), request.kind(), listener);
            tell("unbound", gone, "taken back by " + request.actor());
        }
        return result;
    }

    /** Makes a provider the bound one although nothing is checked any more: after a move was taken back. */
    void rebind(MigrationRecord undone, String actor, ChangeListener listener) throws AdminException {
        ProviderSlot<?> slot = bay.requireSlot(undone.kind());
        Wish wish = Wish.configured(
                undone.kind(), undone.pluginId(), undone.source().providerName(), "");
        drains.await(follow(slot, keeper(), wish, actor), slot.kind(), listener);
    }

    /** Keeps a wish and follows it; returns the generations that serve no more. */
    private List<Generation<?>> follow(ProviderSlot<?> slot, BindingStore keeper, Wish wish, String actor)
            throws AdminException {
        Wishes wishes = bay.parts().wishes();
        List<Generation<?>> before = slot.ending(wish.plugin());
        String pid = wishes.lastingOf(wish.kind(), wish.plugin()).stream()
                .findFirst()
                .orElseGet(() -> Wishes.pid(wish.kind(), wish.plugin()));
        keep(() -> keeper.save(pid, wish));
        wishes.unbindForNow(wish.kind(), wish.plugin());
        // Config Admin tells it too, sooner or later: what is bound when this returns must serve.
        bay.configure(pid, wish);
        slot.refresh();
        tell("bound", wish, "bound to " + wish.target() + " by " + actor);
        return retired(slot, wish.plugin(), before);
    }

    /** What a change has retired, whichever thread followed it first. */
    private static List<Generation<?>> retired(ProviderSlot<?> slot, String plugin, List<Generation<?>> before) {
        return slot.ending(plugin).stream()
                .filter(generation -> !before.contains(generation))
                .toList();
    }

    private void tell(String what, Wish wish, String detail) {
        bay.parts()
                .events()
                .post(new BayEvent(Topics.BINDING, what, wish.kind(), wish.provider(), wish.plugin(), detail));
    }

    private void checkPlugin(ProviderSlot<?> slot, String pluginId) throws AdminException {
        if (!pluginId.isEmpty() && !plugins.of(slot).contains(pluginId)) {
            throw new AdminException(Problem.INPUT, plugins.unknown(slot, pluginId));
        }
    }

    private static Wish wish(BindRequest request) throws AdminException {
        Wish wish = Wish.configured(request.kind(), request.pluginId(), request.provider(), request.filter());
        if (wish.problem().isPresent()) {
            throw new AdminException(
                    Problem.INPUT,
                    "binding of kind " + request.kind() + " cannot be: "
                            + wish.problem().get());
        }
        return wish;
    }

    private static void refusePending(
            ProviderSlot<?> slot, BindRequest request, List<PluginChange> changes, ProviderView target)
            throws AdminException {
        if (request.pluginId().isEmpty()) {
            return;
        }
        Ownership ownership = slot.look(request.pluginId()).ownership();
        if (slot.sticky() && ownership instanceof Ownership.Unread) {
            throw Targets.ownerUnknown(slot.kind(), request.pluginId());
        }
        boolean pending = changes.stream().anyMatch(change -> change.change() == Change.PENDING);
        if (pending && ownership instanceof Ownership.Owned owned) {
            throw Targets.needsMove(slot.kind(), request.pluginId(), owned, target.name());
        }
    }

    private static List<Moves.Order> orders(
            ProviderSlot<?> slot, BindRequest request, List<PluginChange> changes, ProviderView target)
            throws AdminException {
        List<Moves.Order> orders = new ArrayList<>();
        for (PluginChange change : changes) {
            if (change.change() != Change.COPY && change.change() != Change.DISCARD) {
                continue;
            }
            StoreOwner owner = slot.shelf()
                    .ownerOn(target.name())
                    .orElseThrow(() -> new AdminException(
                            Problem.UNAVAILABLE, "provider '" + target.name() + "' is not ready any more"));
            orders.add(new Moves.Order(
                    slot.kind(),
                    change.pluginId(),
                    owner,
                    change.change() == Change.COPY ? MigrationRecord.Mode.COPY : MigrationRecord.Mode.DISCARD,
                    request.overwrite(),
                    request.actor()));
        }
        return orders;
    }

    private List<String> warnings(ProviderSlot<?> slot, List<PluginChange> changes, ProviderView target) {
        List<String> warnings = new ArrayList<>();
        if (!target.detail().isEmpty()) {
            warnings.add("provider '" + target.name() + "': " + target.detail());
        }
        Set<String> replaced = changes.stream()
                .filter(change -> change.change() != Change.NONE)
                .map(PluginChange::from)
                .filter(name -> !name.equals(target.name()))
                .collect(Collectors.toSet());
        for (ProviderView provider : slot.shelf().present(replaced)) {
            if (!provider.detail().isEmpty()) {
                warnings.add("provider '" + provider.name() + "', which serves until then: " + provider.detail());
            }
        }
        boolean moves = changes.stream()
                .anyMatch(change -> change.change() == Change.COPY || change.change() == Change.DISCARD);
        if (moves && !slot.shelf().durable(target.name())) {
            warnings.add("provider '" + target.name() + "' is not durable: what it holds ends with it");
        }
        return warnings;
    }

    private BindingStore keeper() throws AdminException {
        return store.get()
                .orElseThrow(() -> new AdminException(
                        Problem.UNAVAILABLE,
                        "bindings are kept by Config Admin, and this framework has none: nothing was changed; install"
                                + " one, such as org.apache.felix.configadmin, and refresh io.patchbay.bay"));
    }

    private interface Keeping {
        void run() throws IOException;
    }

    private static void keep(Keeping keeping) throws AdminException {
        try {
            keeping.run();
        } catch (IOException | IllegalStateException e) {
            throw new AdminException(
                    Problem.UNAVAILABLE, "Config Admin could not keep the binding: " + e.getMessage(), e);
        }
    }
}
