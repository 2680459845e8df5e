// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.BindRequest;
import io.patchbay.admin.BindResult;
import io.patchbay.admin.BindingView;
import io.patchbay.admin.ChangeListener;
import io.patchbay.admin.Explanation;
import io.patchbay.admin.MigrationView;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.ProviderView;
import io.patchbay.admin.UnbindRequest;
import io.patchbay.port.MigrationRecord;
import io.patchbay.provider.ProviderHealth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** Answers operators: which providers there are, who serves whom and why; binds and moves. */
final class BayAdmin implements ProviderAdmin {
    private final Bay bay;
    private final Drains drains;
    private final Bindings bindings;
    private final MoveThreads movers;
    private final Remarks remarks;

    /**
     * Makes one.
     *
     * @param drainers the bay's own threads, on which the end of calls is waited for after a binding changed
     * @param movers the bay's own threads, on which data is moved
     * @param store where durable bindings are kept, while there is such a place
     * @param installed the ids of the plugins that are installed on this node
     */
    BayAdmin(
            Bay bay,
            ExecutorService drainers,
            Executor movers,
            Supplier<Optional<BindingStore>> store,
            Supplier<Set<String>> installed) {
        this.bay = bay;
        this.drains = new Drains(drainers);
        this.movers = new MoveThreads(movers);
        PluginIds plugins = new PluginIds(bay, installed);
        this.bindings = new Bindings(bay, drains, this.movers, store, plugins);
        this.remarks = new Remarks(bay, store, plugins);
    }

    @Override
    public List<String> kinds() {
        return bay.slots().stream().map(ProviderSlot::kind).toList();
    }

    @Override
    public List<ProviderView> providers() {
        return bay.slots().stream()
                .flatMap(slot -> slot.shelf().views().stream())
                .toList();
    }

    @Override
    public List<BindingView> bindings(String pluginId) {
        return bay.slots().stream()
                .map(slot -> {
                    ProviderSlot.Look look = slot.look(pluginId);
                    Decision decision = look.decision();
                    return new BindingView(
                            slot.kind(),
                            pluginId,
                            look.serving(),
                            decision.wish(),
                            decision.outcome() == Decision.Outcome.PENDING_MOVE,
                            decision.reason());
                })
                .toList();
    }

    @Override
    public Explanation why(String pluginId, String kind) throws AdminException {
        ProviderSlot<?> slot = bay.requireSlot(kind);
        slot.awaitArrivals();
        ProviderSlot.Look look = slot.look(pluginId);
        String whom = whom(pluginId);
        String verdict = look.serving().isEmpty()
                ? nothingServes(kind, whom)
                : "provider '" + look.serving() + "' serves kind " + kind + " for " + whom;
        return new Explanation(kind, verdict, steps(slot, look));
    }

    private static List<String> steps(ProviderSlot<?> slot, ProviderSlot.Look look) {
        List<String> steps = new ArrayList<>();
        for (ProviderView provider : slot.shelf().views()) {
            boolean wished = provider.name().equals(look.decision().wish());
            if (provider.state() == ProviderView.State.UNCONFIGURED && !wished) {
                // Nobody asked for it.
                continue;
            }
            if (provider.state() != ProviderView.State.READY) {
                steps.add("provider '" + provider.name() + "' is left out, for it is " + Targets.state(provider));
            } else if (provider.name().equals(look.serving())
                    && !provider.detail().isEmpty()) {
                steps.add("provider '" + provider.name() + "': " + provider.detail());
            }
        }
        steps.addAll(look.decision().steps());
        return steps;
    }

    @Override
    public void requireServed(String pluginId, Collection<String> kinds) throws AdminException {
        for (ProviderSlot<?> slot : bay.slots()) {
            if (kinds.contains(slot.kind())) {
                // What follows must be the last word of providers that are just starting.
                slot.awaitArrivals();
                requireServed(slot, pluginId);
            }
        }
    }

    private static void requireServed(ProviderSlot<?> slot, String pluginId) throws AdminException {
        if (!slot.look(pluginId).serving().isEmpty()) {
            return;
        }
        List<String> reasons = slot.shelf().views().stream()
                .filter(BayAdmin::cannotServe)
                .map(provider -> "provider '" + provider.name() + "': " + Targets.reason(provider))
                .toList();
        if (!reasons.isEmpty()) {
            throw new AdminException(Problem.UNAVAILABLE, nothingServes(slot.kind(), whom(pluginId)), reasons);
        }
    }

    private static boolean cannotServe(ProviderView provider) {
        return switch (provider.state()) {
            case FAILED, REFUSED -> true;
            case STARTING -> provider.health().status() == ProviderHealth.Status.DOWN;
            default -> false;
        };
    }

    private static String whom(String pluginId) {
        return pluginId.isEmpty() ? "plugins without a binding of their own" : "plugin '" + pluginId + "'";
    }

    private static String nothingServes(String kind, String whom) {
        return "nothing serves kind " + kind + " for " + whom;
    }

    @Override
    public List<String> remarks(String pid) {
        return remarks.of(pid);
    }

    @Override
    public void bindForNow(String kind, String provider, String pluginId) throws AdminException {
        ProviderSlot<?> slot = bay.requireSlot(kind);
        slot.awaitArrivals();
        ProviderView target = Targets.bindable(slot, provider);
        refuseMove(slot, target, pluginId);
        if (!target.detail().isEmpty()) {
            bay.parts().log().warning("binding of kind " + kind + " to '" + provider + "': " + target.detail(), null);
        }
        bay.parts().wishes().bindForNow(Wish.transientFor(kind, pluginId, provider));
        drains.await(slot.refresh(), kind, ChangeListener.NONE);
    }

    private static void refuseMove(ProviderSlot<?> slot, ProviderView target, String pluginId) throws AdminException {
        if (!slot.sticky() || pluginId.isEmpty()) {
            return;
        }
        Ownership ownership = slot.look(pluginId).ownership();
        if (ownership instanceof Ownership.Unread) {
            throw Targets.ownerUnknown(slot.kind(), pluginId);
        }
        if (ownership instanceof Ownership.Owned owned && !slot.shelf().holds(owned, target.name())) {
            throw Targets.needsMove(slot.kind(), pluginId, owned, target.name());
        }
    }

    @Override
    public BindResult bind(BindRequest request, ChangeListener listener) throws AdminException {
        return bindings.bind(request, listener);
    }

    @Override
    public BindResult unbind(UnbindRequest request, ChangeListener listener) throws AdminException {
        return bindings.unbind(request, listener);
    }

    @Override
    public List<MigrationView> migrations() throws AdminException {
        return bay.moves().views();
    }

    @Override
    public MigrationView resume(long id, boolean dryRun, String actor, ChangeListener listener) throws AdminException {
        awaitProviders();
        return bay.moves().view(movers.run(() -> bay.moves().resume(id, dryRun), beat(id, listener)));
    }

    @Override
    public MigrationView undo(long id, boolean dryRun, String actor, ChangeListener listener) throws AdminException {
        awaitProviders();
        MigrationRecord undone = movers.run(() -> bay.moves().undo(id, dryRun, actor), beat(id, listener));
        if (!dryRun) {
            bindings.rebind(undone, actor, listener);
        }
        return bay.moves().view(undone);
    }

    @Override
    public MigrationView drop(long id, boolean dryRun, String actor) throws AdminException {
        awaitProviders();
        return bay.moves().view(movers.run(() -> bay.moves().drop(id, dryRun), () -> {}));
    }

    /** Tells of whatever is moved of the same data: taking a move back is a move of its own. */
    private Runnable beat(long id, ChangeListener listener) {
        return () -> bay.moves()
                .find(id)
                .flatMap(record -> bay.moves().running(record.kind(), record.pluginId()))
                .ifPresent(listener::moving);
    }

    @Override
    public void awaitProviders() {
        bay.slots().forEach(ProviderSlot::awaitArrivals);
    }
}
