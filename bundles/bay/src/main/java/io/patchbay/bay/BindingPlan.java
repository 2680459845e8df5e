// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.BindRequest;
import io.patchbay.admin.BindResult.Change;
import io.patchbay.admin.BindResult.PluginChange;
import io.patchbay.admin.ProviderView;
import io.patchbay.hostservice.StoreMover;
import io.patchbay.port.MigrationRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Says what another binding would change, plugin by plugin, by the same choice that would then be made. */
final class BindingPlan {
    /** Every entry is read, written and compared. */
    private static final int STEPS = 3;

    private final Bay bay;
    private final ProviderSlot<?> slot;
    private final PluginIds plugins;

    BindingPlan(Bay bay, ProviderSlot<?> slot, PluginIds plugins) {
        this.bay = bay;
        this.slot = slot;
        this.plugins = plugins;
    }

    /** What a binding would change. */
    List<PluginChange> changes(Wish wish, BindRequest.Mode mode, ProviderView target) throws AdminException {
        List<PluginChange> changes = new ArrayList<>();
        for (String plugin : concerned(wish)) {
            List<Wish> wishes = bay.parts().wishes().ofWith(slot.kind(), plugin, wish, true);
            ProviderSlot.Look after = slot.look(plugin, wishes);
            boolean pending = after.decision().outcome() == Decision.Outcome.PENDING_MOVE
                    && wishes.stream()
                            .filter(line -> line.problem().isEmpty())
                            .findFirst()
                            .filter(wish::equals)
                            .isPresent();
            changes.add(pending ? moving(plugin, after, mode, target) : swapping(plugin, after));
        }
        return changes;
    }

    /** What would change if a binding were not there. */
    List<PluginChange> changesWithout(Wish gone) {
        List<PluginChange> changes = new ArrayList<>();
        for (String plugin : concerned(gone)) {
            changes.add(swapping(
                    plugin, slot.look(plugin, bay.parts().wishes().ofWith(slot.kind(), plugin, gone, false))));
        }
        return changes;
    }

    private Set<String> concerned(Wish wish) {
        if (!wish.plugin().isEmpty()) {
            return Set.of(wish.plugin());
        }
        Set<String> concerned = plugins.of(slot);
        concerned.removeIf(plugin -> bay.parts().wishes().bound(slot.kind(), plugin));
        return concerned;
    }

    private static PluginChange swapping(String plugin, ProviderSlot.Look after) {
        boolean same = after.serving().equals(after.chosen());
        return change(plugin, after.serving(), after.chosen(), same ? Change.NONE : Change.SWAP);
    }

    private static PluginChange change(String plugin, String from, String to, Change change) {
        return new PluginChange(plugin, from, to, change, 0, 0, OptionalLong.empty(), OptionalLong.empty());
    }

    private PluginChange moving(String plugin, ProviderSlot.Look after, BindRequest.Mode mode, ProviderView target)
            throws AdminException {
        return switch (mode) {
            case NONE -> change(plugin, after.serving(), after.serving(), Change.PENDING);
            case DISCARD -> change(plugin, after.serving(), target.name(), Change.DISCARD);
            case COPY -> copying(plugin, after, target);
        };
    }

    private PluginChange copying(String plugin, ProviderSlot.Look after, ProviderView target) throws AdminException {
        if (!(after.ownership() instanceof Ownership.Owned owned)) {
            return change(plugin, after.serving(), target.name(), Change.NONE);
        }
        StoreDesk<?> source = bay.moves().desk(slot.kind(), owned.owner(), plugin);
        Measured measured = Measured.of(source);
        Optional<MigrationRecord> last =
                bay.moves().lastLike(slot.kind(), plugin, owned.owner().providerName(), target.name());
        long estimate = last.filter(record -> record.keys() > 0)
                .map(record -> Math.round(
                        (double) record.tookMillis() * measured.usage().keys() / record.keys()))
                .orElseGet(measured::estimateMillis);
        return new PluginChange(
                plugin,
                source.name(),
                target.name(),
                Change.COPY,
                measured.usage().keys(),
                measured.usage().bytes(),
                OptionalLong.of(estimate),
                last.stream().mapToLong(MigrationRecord::tookMillis).findFirst());
    }

    /**
     * What a source holds, and how quickly it gives a page of it.
     *
     * @param usage keys and bytes
     * @param pageNanos how long one page took
     */
    private record Measured(StoreMover.Usage usage, long pageNanos) {
        static Measured of(StoreDesk<?> source) throws AdminException {
            try {
                StoreMover.Usage usage = source.usage();
                List<String> scopes = source.scopes();
                long start = System.nanoTime();
                if (!scopes.isEmpty()) {
                    source.page(scopes.get(0), Optional.empty());
                }
                return new Measured(usage, System.nanoTime() - start);
            } catch (MoveStopped e) {
                throw new AdminException(AdminException.Problem.UNAVAILABLE, e.why(), e);
            }
        }

        long estimateMillis() {
            long pages = usage.keys() / StoreMover.MAX_ENTRIES + 1;
            return STEPS * pages * pageNanos / 1_000_000 + 1;
        }
    }
}
