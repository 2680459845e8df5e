// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.wire.StateSetRequest;
import java.util.Map;

/** {@code state.set}: writes one key, within the quota of its scope (contract D7). */
final class StateSetMethod implements HostMethod {
    private final PluginState state;
    private final StateKeys keys;

    StateSetMethod(PluginState state, StateKeys keys) {
        this.state = state;
        this.keys = keys;
    }

    @Override
    public void call(HostCall call) throws HostCallException {
        StateSetRequest request = decode(call.payload());
        String key = keys.key(request.key());
        keys.value(request.value());
        state.put(call, Map.of(key, request.value()));
    }

    private static StateSetRequest decode(FieldReader in) throws HostCallException {
        try {
            return StateSetRequest.decode(in);
        } catch (MalformedMessageException e) {
            throw Payloads.malformed(e);
        }
    }
}
