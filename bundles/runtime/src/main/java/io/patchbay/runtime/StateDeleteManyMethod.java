// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.provider.state.StateScope;
import java.util.Set;

/** {@code state.delete_many}: removes all the keys or, when one is bad, none. An empty list asks no provider. */
final class StateDeleteManyMethod implements HostMethod {
    private final PluginState state;
    private final StateKeys keys;

    StateDeleteManyMethod(PluginState state, StateKeys keys) {
        this.state = state;
        this.keys = keys;
    }

    @Override
    public void call(HostCall call) throws HostCallException {
        Set<String> unwanted = keys.batch(Payloads.keys(call));
        if (unwanted.isEmpty()) {
            return;
        }
        StateScope scope = state.scope(call.execution());
        state.write(call, provider -> {
            provider.removeMany(scope, unwanted);
            return true;
        });
    }
}
