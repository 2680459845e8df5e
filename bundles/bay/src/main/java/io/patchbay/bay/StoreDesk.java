// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.ProviderView;
import io.patchbay.hostservice.StoreMover;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One plugin's data in one store, read and written by the patch bay itself under short leases of its own; whatever goes
 * wrong in the provider stops the move, but a server that is away is waited for as a plugin's call waits.
 *
 * @param <T> the SPI
 */
final class StoreDesk<T> {
    private final Candidate<T> candidate;
    private final StoreMover<T> mover;
    private final String pluginId;

    StoreDesk(Candidate<T> candidate, StoreMover<T> mover, String pluginId) {
        this.candidate = candidate;
        this.mover = mover;
        this.pluginId = pluginId;
    }

    Candidate<T> candidate() {
        return candidate;
    }

    String name() {
        return candidate.traits().name();
    }

    List<String> scopes() throws MoveStopped {
        return ask(store -> mover.scopes(store, pluginId));
    }

    /** Everything of the plugin, counted by the store. */
    StoreMover.Usage usage() throws MoveStopped {
        long keys = 0;
        long bytes = 0;
        for (String scope : scopes()) {
            StoreMover.Usage usage = ask(store -> mover.usage(store, pluginId, scope));
            keys += usage.keys();
            bytes += usage.bytes();
        }
        return new StoreMover.Usage(keys, bytes);
    }

    List<StoreMover.Entry> page(String scope, Optional<String> after) throws MoveStopped {
        return ask(store -> mover.entries(store, pluginId, scope, after, StoreMover.MAX_ENTRIES));
    }

    Map<String, String> get(String scope, Collection<String> keys) throws MoveStopped {
        return ask(store -> mover.get(store, pluginId, scope, keys));
    }

    /** Writes entries, in as many calls as their size needs. */
    void put(String scope, Map<String, String> entries) throws MoveStopped {
        Map<String, String> batch = new LinkedHashMap<>();
        long bytes = 0;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            // Three bytes a char are the most that UTF-8 needs.
            long size = 3L * (entry.getKey().length() + entry.getValue().length());
            if (!batch.isEmpty() && (batch.size() == StoreMover.MAX_ENTRIES || bytes + size > StoreMover.MAX_BYTES)) {
                putOnce(scope, batch);
                batch = new LinkedHashMap<>();
                bytes = 0;
            }
            batch.put(entry.getKey(), entry.getValue());
            bytes += size;
        }
        if (!batch.isEmpty()) {
            putOnce(scope, batch);
        }
    }

    private void putOnce(String scope, Map<String, String> batch) throws MoveStopped {
        tell(store -> mover.put(store, pluginId, scope, batch));
    }

    void remove(String scope, Collection<String> keys) throws MoveStopped {
        List<String> all = new ArrayList<>(keys);
        for (int from = 0; from < all.size(); from += StoreMover.MAX_ENTRIES) {
            List<String> batch = all.subList(from, Math.min(all.size(), from + StoreMover.MAX_ENTRIES));
            tell(store -> mover.remove(store, pluginId, scope, List.copyOf(batch)));
        }
    }

    void purge() throws MoveStopped {
        tell(store -> mover.purge(store, pluginId));
    }

    private void tell(Consumer<T> order) throws MoveStopped {
        ask(store -> {
            order.accept(store);
            return Boolean.TRUE;
        });
    }

    private <R> R ask(Function<T, R> question) throws MoveStopped {
        if (candidate.state() != ProviderView.State.READY) {
            throw left();
        }
        Optional<R> answer;
        try {
            answer = candidate.askPatiently(question);
        } catch (RuntimeException | Error e) {
            CallFailures.throwOn(e);
            throw new MoveStopped(
                    "provider '" + name() + "' failed: " + e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
        return answer.orElseThrow(this::left);
    }

    private MoveStopped left() {
        return new MoveStopped("provider '" + name() + "' left or is not ready any more");
    }
}
