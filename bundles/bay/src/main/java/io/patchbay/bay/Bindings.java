// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.BindRequest;
import io.patchbay.admin.BindResult;
import io.patchbay.admin.BindResult.Change;
import io.patchbay.admin.BindResult.PluginChange;
import io.patchbay.admin.ProviderView;
import io.patchbay.admin.Topics;
import io.patchbay.admin.UnbindRequest;
import io.patchbay.port.MigrationRecord;
import io.patchbay.port.StoreOwner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Binds and unbinds durably: checks first, then keeps the wish, then swaps and moves. Thread-safe. */
final class Bindings {
    private static final Pattern PLUGIN = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int LONGEST_ID = 64;

    private final Bay bay;
    private final Drains drains;
    private final MoveThreads movers;
    private final Supplier<Optional<BindingStore>> store;
    private final Predicate<String> installed;

    /**
     * Makes one.
     *
     * @param store where bindings are kept, while there is such a place
     * @param installed whether a plugin of this id is known on this node
     */
    Bindings(
            Bay bay,
            Drains drains,
            MoveThreads movers,
            Supplier<Optional<BindingStore>> store,
            Predicate<String> installed) {
        this.bay = bay;
        this.drains = drains;
        this.movers = movers;
        this.store = store;
        this.installed = installed;
    }

    BindResult bind(BindRequest request) throws AdminException {
        ProviderSlot<?> slot = bay.requireSlot(request.kind());
        slot.awaitArrivals();
        checkPlugin(slot, request.pluginId());
        Wish wish = wish(request);
        ProviderView target = Targets.bindable(slot, wish);
        if (!slot.sticky() && request.mode() != BindRequest.Mode.NONE) {
            throw new AdminException(
                    Problem.INPUT, "kind " + slot.kind() + " keeps no data: there is nothing to copy or discard");
        }
        List<PluginChange> changes = new BindingPlan(bay, slot).changes(wish, request.mode(), target);
        refusePending(slot, request, changes, target);
        List<Moves.Order> orders = orders(slot, request, changes, target);
        for (Moves.Order order : orders) {
            bay.moves().check(order);
        }
        BindingStore keeper = keeper();
        BindResult result = new BindResult(
                request.kind(), request.pluginId(), request.dryRun(), changes, warnings(slot, changes, target));
        if (request.dryRun()) {
            return result;
        }
        follow(slot, keeper, wish, request.actor());
        for (Moves.Order order : orders) {
            movers.run(() -> bay.moves().move(order));
        }
        return result;
    }

    BindResult unbind(UnbindRequest request) throws AdminException {
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
                new BindingPlan(bay, slot).changesWithout(gone),
                List.of());
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
            drains.await(slot.refresh(), request.kind());
            tell("unbound", gone, "taken back by " + request.actor());
        }
        return result;
    }

    /** Makes a provider the bound one although nothing is checked any more: after a move was taken back. */
    void rebind(MigrationRecord undone, String actor) throws AdminException {
        ProviderSlot<?> slot = bay.requireSlot(undone.kind());
        Wish wish = Wish.configured(
                undone.kind(), undone.pluginId(), undone.source().providerName(), "");
        follow(slot, keeper(), wish, actor);
    }

    private void follow(ProviderSlot<?> slot, BindingStore keeper, Wish wish, String actor) throws AdminException {
        Wishes wishes = bay.parts().wishes();
        String pid = wishes.lastingOf(wish.kind(), wish.plugin()).stream()
                .findFirst()
                .orElseGet(() -> Wishes.pid(wish.kind(), wish.plugin()));
        keep(() -> keeper.save(pid, wish));
        wishes.unbindForNow(wish.kind(), wish.plugin());
        // Config Admin tells it too, but later: what is bound when this returns must serve.
        List<Generation<?>> retired = new ArrayList<>(bay.configure(pid, wish));
        retired.addAll(slot.refresh());
        tell("bound", wish, "bound to " + wish.target() + " by " + actor);
        drains.await(retired, wish.kind());
    }

    private void tell(String what, Wish wish, String detail) {
        bay.parts()
                .events()
                .post(new BayEvent(Topics.BINDING, what, wish.kind(), wish.provider(), wish.plugin(), detail));
    }

    private void checkPlugin(ProviderSlot<?> slot, String pluginId) throws AdminException {
        if (pluginId.isEmpty()) {
            return;
        }
        boolean known = PLUGIN.matcher(pluginId).matches()
                && pluginId.length() <= LONGEST_ID
                && (installed.test(pluginId)
                        || slot.plugins().contains(pluginId)
                        || bay.parts()
                                .owners()
                                .all(slot.kind())
                                .map(owned -> owned.containsKey(pluginId))
                                .orElse(false));
        if (!known) {
            throw new AdminException(
                    Problem.INPUT,
                    "there is no plugin " + Targets.quoted(pluginId) + " on this node; 'plugins' lists them");
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
        for (ProviderView provider : slot.shelf().views()) {
            boolean replaced = !provider.name().equals(target.name())
                    && changes.stream()
                            .anyMatch(change -> change.change() != Change.NONE
                                    && change.from().equals(provider.name()));
            if (replaced && !provider.detail().isEmpty()) {
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
                                + " one, such as org.apache.felix.configadmin"));
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
