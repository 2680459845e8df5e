// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.provider.state.StateScope;
import java.util.Optional;

/** {@code state.get}: one key. A stored empty text is found (contract D1); a missing key is an empty answer. */
final class StateGetMethod implements HostMethod {
    private final PluginState state;
    private final StateKeys keys;

    StateGetMethod(PluginState state, StateKeys keys) {
        this.state = state;
        this.keys = keys;
    }

    @Override
    public void call(HostCall call) throws HostCallException {
        String key = keys.key(Payloads.key(
                call,
                "failed to decode state get request tag",
                "failed to decode state get key",
                "failed to skip unknown state get field"));
        StateScope scope = state.scope(call.execution());
        Optional<String> value = state.read(call, provider -> provider.get(scope, key));
        if (value.isPresent()) {
            call.response().string(1, value.get()).bool(2, true);
        }
    }
}
