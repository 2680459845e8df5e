// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.JsonWriter;
import io.patchbay.hostservice.codec.RawText;
import io.patchbay.provider.state.StateScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code state.get_many}: values ordered by the bytes of their keys, missing keys in request order (contract 2.6). An
 * empty list asks no provider.
 */
final class StateGetManyMethod implements HostMethod {
    private final PluginState state;
    private final StateKeys keys;

    StateGetManyMethod(PluginState state, StateKeys keys) {
        this.state = state;
        this.keys = keys;
    }

    @Override
    public void call(HostCall call) throws HostCallException {
        Set<String> wanted = keys.batch(Payloads.keys(call));
        Map<String, String> stored = Map.of();
        if (!wanted.isEmpty()) {
            StateScope scope = state.scope(call.execution());
            stored = state.read(call, provider -> provider.getMany(scope, wanted));
        }
        Map<String, String> values = new TreeMap<>(RawText.BYTE_ORDER);
        List<String> missing = new ArrayList<>();
        long bytes = 0;
        for (String key : wanted) {
            String value = stored.get(key);
            if (value == null) {
                missing.add(key);
                continue;
            }
            values.put(key, value);
            bytes += RawText.length(value);
        }
        keys.batchBytes(bytes);
        write(values, missing, (int) bytes, call.response());
    }

    private static void write(Map<String, String> values, List<String> missing, int bytes, FieldWriter out) {
        int mark = out.begin(1, bytes);
        JsonWriter json = new JsonWriter(out).beginObject().name("values").beginObject();
        values.forEach((key, value) -> json.name(key).string(value));
        json.endObject();
        if (!missing.isEmpty()) {
            json.name("missingKeys").beginArray();
            missing.forEach(json::string);
            json.endArray();
        }
        json.endObject();
        out.end(mark);
    }
}
