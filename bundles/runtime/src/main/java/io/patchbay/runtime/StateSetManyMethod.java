// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code state.set_many}: writes all or nothing. Of two keys that are the same when trimmed the later one in the JSON
 * wins, and both count toward the batch's bytes (contract 3.2).
 */
final class StateSetManyMethod implements HostMethod {
    private final PluginState state;
    private final StateKeys keys;

    StateSetManyMethod(PluginState state, StateKeys keys) {
        this.state = state;
        this.keys = keys;
    }

    @Override
    public void call(HostCall call) throws HostCallException {
        Map<String, String> raw = Payloads.values(call);
        keys.batchSize(raw.size());
        Map<String, String> entries = new LinkedHashMap<>();
        long bytes = 0;
        for (Map.Entry<String, String> entry : raw.entrySet()) {
            String key = keys.key(entry.getKey());
            bytes += keys.value(entry.getValue());
            keys.batchBytes(bytes);
            entries.put(key, entry.getValue());
        }
        if (!entries.isEmpty()) {
            state.put(call, entries);
        }
    }
}
