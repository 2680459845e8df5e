// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import io.patchbay.provider.Provider;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Fills and reads a state provider through its SPI, past every plugin: the one that is named, else the best. */
final class StateCommands {
    private static final StateQuota QUOTA = new StateQuota(10_000, 16 << 20);

    private final Services services;

    StateCommands(Services services) {
        this.services = services;
    }

    Map<String, Command> commands() {
        return Map.of("seed", this::seed, "state", this::state);
    }

    /** Makes the scope hold exactly the given entries. */
    private Map<String, Object> seed(Arguments arguments) throws Exception {
        StateProvider provider = provider(arguments);
        Map<String, String> entries = new TreeMap<>();
        arguments
                .map("entries")
                .ifPresent(given ->
                        given.forEach((key, value) -> entries.put(String.valueOf(key), String.valueOf(value))));
        provider.purge(arguments.text("plugin"));
        provider.putMany(scope(arguments), entries, QUOTA);
        return Map.of();
    }

    private Map<String, Object> state(Arguments arguments) throws Exception {
        Map<String, Object> entries = new TreeMap<>();
        StateProvider provider = provider(arguments);
        for (StateEntry entry : provider.entries(scope(arguments), Optional.empty(), 1_000)) {
            entries.put(entry.key(), entry.value());
        }
        return entries;
    }

    private StateProvider provider(Arguments arguments) throws Exception {
        String name = arguments.text("provider", "");
        return name.isEmpty()
                ? services.await(StateProvider.class)
                : services.matching(StateProvider.class, "(" + Provider.NAME + "=" + name + ")");
    }

    private static StateScope scope(Arguments arguments) {
        return new StateScope(arguments.text("plugin"), arguments.number("tenant", 0));
    }
}
