// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.BindingView;
import io.patchbay.admin.Explanation;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.ProviderView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/** Answers operators: which providers there are, who serves whom and why, and binds for now. */
final class BayAdmin implements ProviderAdmin {
    private static final int QUOTED = 64;

    private final Bay bay;
    private final ExecutorService drainers;

    /**
     * Makes one.
     *
     * @param drainers the bay's own threads, on which the end of calls is waited for after a binding changed
     */
    BayAdmin(Bay bay, ExecutorService drainers) {
        this.bay = bay;
        this.drainers = drainers;
    }

    @Override
    public List<String> kinds() {
        return bay.slots().stream().map(ProviderSlot::kind).toList();
    }

    @Override
    public List<ProviderView> providers() {
        return bay.slots().stream()
                .flatMap(slot -> slot.providerViews().stream())
                .toList();
    }

    @Override
    public List<BindingView> bindings(String pluginId) {
        return bay.slots().stream()
                .map(slot -> {
                    ProviderSlot.Look look = slot.look(pluginId);
                    Decision decision = look.decision();
                    return new BindingView(slot.kind(), pluginId, look.serving(), decision.wish(), decision.reason());
                })
                .toList();
    }

    @Override
    public Explanation why(String pluginId, String kind) throws AdminException {
        ProviderSlot<?> slot = slot(kind);
        slot.awaitArrivals();
        ProviderSlot.Look look = slot.look(pluginId);
        String whom = pluginId.isEmpty() ? "plugins without a binding of their own" : "plugin '" + pluginId + "'";
        String verdict = look.serving().isEmpty()
                ? "nothing serves kind " + kind + " for " + whom
                : "provider '" + look.serving() + "' serves kind " + kind + " for " + whom;
        return new Explanation(kind, verdict, steps(slot, look));
    }

    private static List<String> steps(ProviderSlot<?> slot, ProviderSlot.Look look) {
        List<String> steps = new ArrayList<>();
        for (ProviderView provider : slot.providerViews()) {
            if (provider.state() != ProviderView.State.READY) {
                String detail = provider.detail().isEmpty() ? "" : ": " + provider.detail();
                steps.add("provider '" + provider.name() + "' is left out, for it is " + provider.state() + detail);
            } else if (provider.name().equals(look.serving())
                    && !provider.detail().isEmpty()) {
                steps.add("provider '" + provider.name() + "': " + provider.detail());
            }
        }
        steps.addAll(look.decision().steps());
        return steps;
    }

    @Override
    public void bindForNow(String kind, String provider, String pluginId) throws AdminException {
        ProviderSlot<?> slot = slot(kind);
        slot.awaitArrivals();
        ProviderView target = bindable(slot, provider);
        refuseMove(slot, target, pluginId);
        if (!target.detail().isEmpty()) {
            bay.parts().log().warning("binding of kind " + kind + " to '" + provider + "': " + target.detail(), null);
        }
        bay.parts().wishes().bindForNow(Wish.transientFor(kind, pluginId, provider));
        awaitEnd(slot.refresh(), kind);
    }

    private ProviderSlot<?> slot(String kind) throws AdminException {
        return bay.slot(kind)
                .orElseThrow(() -> new AdminException(
                        Problem.INPUT,
                        "there is no kind " + quoted(kind) + "; the kinds are " + String.join(", ", kinds())));
    }

    private static ProviderView bindable(ProviderSlot<?> slot, String provider) throws AdminException {
        List<ProviderView> all = slot.providerViews();
        List<ProviderView> named =
                all.stream().filter(view -> view.name().equals(provider)).toList();
        if (provider.isEmpty() || named.isEmpty()) {
            throw new AdminException(
                    Problem.INPUT,
                    "kind " + slot.kind() + " has no provider " + quoted(provider) + "; there are: "
                            + String.join(
                                    ", ",
                                    all.stream()
                                            .map(ProviderView::name)
                                            .distinct()
                                            .toList()));
        }
        Optional<ProviderView> ready = named.stream()
                .filter(view -> view.state() == ProviderView.State.READY)
                .findFirst();
        if (ready.isEmpty()) {
            ProviderView first = named.get(0);
            String detail = first.detail().isEmpty() ? "" : ": " + first.detail();
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "provider '" + provider + "' of kind " + slot.kind() + " is not ready, it is " + first.state()
                            + detail);
        }
        return ready.get();
    }

    private static void refuseMove(ProviderSlot<?> slot, ProviderView target, String pluginId) throws AdminException {
        if (!slot.sticky() || pluginId.isEmpty()) {
            return;
        }
        Ownership ownership = slot.look(pluginId).ownership();
        if (ownership instanceof Ownership.Unread) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "the record of owners is not available, so it is not known which store holds the " + slot.kind()
                            + " of plugin '" + pluginId + "'");
        }
        if (ownership instanceof Ownership.Owned owned && !slot.holds(owned, target.name())) {
            throw new AdminException(
                    Problem.REFUSED,
                    "the " + slot.kind() + " of plugin '" + pluginId + "' is in the store of provider '"
                            + owned.owner().providerName() + "' ("
                            + owned.owner().store().id() + "), and '" + target.name()
                            + "' works on another one; the data would have to be copied or discarded");
        }
    }

    /** The binding holds already; what is waited for here is only the end of the calls on the providers before. */
    private void awaitEnd(List<Generation<?>> retired, String kind) throws AdminException {
        List<Runnable> waits = new ArrayList<>();
        for (Generation<?> generation : retired) {
            // Its own calls are this thread's business, whichever thread waits.
            long own = bay.parts().held().count(generation);
            waits.add(() -> generation.awaitDrained(own, Optional.empty()));
        }
        try {
            Future<?> end = drainers.submit(() -> waits.forEach(Runnable::run));
            end.get();
        } catch (RejectedExecutionException e) {
            throw new AdminException(
                    Problem.UNAVAILABLE, "the provider of kind " + kind + " is bound, but the patch bay stops", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "the provider of kind " + kind + " is bound, but calls of the one before had not ended when the"
                            + " wait was interrupted",
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String quoted(String text) {
        return "'" + (text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text) + "'";
    }
}
