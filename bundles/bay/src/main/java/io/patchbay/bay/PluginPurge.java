// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.hostservice.StoreMover;
import io.patchbay.port.MigrationRecord;
import io.patchbay.port.StoreOwner;
import io.patchbay.port.StoredData;
import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds and removes everything that stores hold of a plugin (contract D8): what the owner has, and what stayed behind in the
 * sources of moves. The owner comes last and is forgotten only when it is empty, so that an interrupted purge begins again.
 * Thread-safe.
 */
final class PluginPurge implements StoredData {
    /** How long a call that is still in a provider is waited for: what it writes must not come after the purge. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    private final Bay bay;

    PluginPurge(Bay bay) {
        this.bay = bay;
    }

    /** One store to be emptied, and the move because of which it holds something; empty for the owner. */
    private record Holding(String kind, StoreOwner store, Optional<MigrationRecord> move) {
        /** What a store that is not durable held went with its provider. */
        boolean vanished(Bay bay) {
            return store.store().durability() == Durability.NONE
                    && bay.slot(kind)
                            .map(slot -> slot.shelf().holder(store).isEmpty())
                            .orElse(true);
        }
    }

    @Override
    public List<Part> of(String pluginId) {
        bay.slots().stream().filter(ProviderSlot::sticky).forEach(ProviderSlot::awaitArrivals);
        List<Part> parts = new ArrayList<>();
        try {
            bay.moves().whileIdle(pluginId, moves -> {
                for (Holding holding : holdings(pluginId, moves)) {
                    parts.add(part(pluginId, holding));
                }
            });
        } catch (AdminException refusal) {
            throw new ProviderException(String.valueOf(refusal.getMessage()), refusal);
        }
        return List.copyOf(parts);
    }

    private Part part(String pluginId, Holding holding) {
        boolean owner = holding.move().isEmpty();
        String provider = holding.store().providerName();
        if (holding.vanished(bay)) {
            return new Part(holding.kind(), provider, owner, 0, "");
        }
        try {
            StoreMover.Usage usage =
                    bay.moves().desk(holding.kind(), holding.store(), pluginId).usage();
            return new Part(holding.kind(), provider, owner, usage.keys(), "");
        } catch (AdminException refusal) {
            return new Part(holding.kind(), provider, owner, 0, String.valueOf(refusal.getMessage()));
        } catch (MoveStopped stopped) {
            return new Part(holding.kind(), provider, owner, 0, stopped.why());
        }
    }

    private List<Holding> holdings(String pluginId, List<MigrationRecord> moves) throws AdminException {
        Map<String, StoreOwner> owners = bay.parts()
                .owners()
                .ofPlugin(pluginId)
                .orElseThrow(() -> new AdminException(Problem.UNAVAILABLE, "the record of owners is away"));
        List<Holding> holdings = new ArrayList<>();
        owners.forEach((kind, owner) -> holdings.add(new Holding(kind, owner, Optional.empty())));
        for (MigrationRecord move : moves) {
            if (move.phase() == MigrationRecord.Phase.MOVED || move.unfinished()) {
                StoreOwner behind = move.unfinished() ? move.target() : move.source();
                holdings.add(new Holding(move.kind(), behind, Optional.of(move)));
            }
        }
        return holdings;
    }

    @Override
    public void purge(String pluginId) {
        try {
            bay.moves().whileIdle(pluginId, moves -> {
                List<Holding> holdings = holdings(pluginId, moves);
                for (Holding holding : holdings) {
                    if (holding.move().isPresent()) {
                        empty(pluginId, holding);
                        bay.moves().close(holding.move().get());
                    }
                }
                for (Holding holding : holdings) {
                    if (holding.move().isEmpty()) {
                        purgeOwner(pluginId, holding);
                    }
                }
            });
        } catch (AdminException refusal) {
            throw new ProviderException(String.valueOf(refusal.getMessage()), refusal);
        }
    }

    private void empty(String pluginId, Holding holding) throws AdminException {
        if (holding.vanished(bay)) {
            return;
        }
        try {
            bay.moves().desk(holding.kind(), holding.store(), pluginId).purge();
        } catch (MoveStopped stopped) {
            throw new AdminException(Problem.UNAVAILABLE, stopped.why(), stopped);
        }
    }

    private void purgeOwner(String pluginId, Holding holding) throws AdminException {
        ProviderSlot<?> slot = bay.slot(holding.kind())
                .orElseThrow(
                        () -> new AdminException(Problem.UNAVAILABLE, "no bundle has opened kind " + holding.kind()));
        try {
            if (!calm(slot, pluginId)) {
                throw new AdminException(
                        Problem.UNAVAILABLE,
                        "a call of plugin '" + pluginId + "' is still in a provider of kind " + holding.kind());
            }
            empty(pluginId, holding);
            String detail = "everything of it was removed from provider '"
                    + holding.store().providerName() + "'";
            if (!slot.disown(pluginId, detail)) {
                throw new AdminException(Problem.UNAVAILABLE, "the record of owners cannot be written");
            }
        } finally {
            slot.publishAs(pluginId, null, false);
        }
    }

    /** Holds writes, and waits for the calls that began before. */
    private static <T> boolean calm(ProviderSlot<T> slot, String pluginId) {
        long until = System.nanoTime() + LONGEST_CALL.toNanos();
        for (Generation<T> ending : slot.publishAs(pluginId, null, true)) {
            if (ending.awaitDrained(0, Optional.of(until)) > 0 && !ending.wasCut()) {
                return false;
            }
        }
        return true;
    }
}
