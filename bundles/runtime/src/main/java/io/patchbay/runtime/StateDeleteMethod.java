// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.provider.state.StateScope;
import java.util.List;

/** {@code state.delete}: removes one key; a key that is not there is no error. */
final class StateDeleteMethod implements HostMethod {
    private final PluginState state;
    private final StateKeys keys;

    StateDeleteMethod(PluginState state, StateKeys keys) {
        this.state = state;
        this.keys = keys;
    }

    @Override
    public void call(HostCall call) throws HostCallException {
        String key = keys.key(Payloads.key(
                call,
                "failed to decode state delete request tag",
                "failed to decode state delete key",
                "failed to skip unknown state delete field"));
        StateScope scope = state.scope(call.execution());
        state.write(call, provider -> {
            provider.removeMany(scope, List.of(key));
            return true;
        });
    }
}
