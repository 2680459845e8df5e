// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.Execution;
import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.ProviderCall;
import io.patchbay.hostservice.ProviderFailedException;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.provider.Access;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import java.util.Map;

/** One plugin's way to the provider of its state: scope, quota, and errors as a guest is told them. */
final class PluginState {
    private final String pluginId;
    private final PluginSlot<StateProvider> slot;
    private final LimitTable.Current limits;
    private final RuntimeCounters.OfPlugin counters;

    /** The scope used last; executions of one tenant after the other need no new one. Immutable, so a race is harmless. */
    private StateScope lastScope;

    PluginState(
            String pluginId,
            PluginSlot<StateProvider> slot,
            LimitTable.Current limits,
            RuntimeCounters.OfPlugin counters) {
        this.pluginId = pluginId;
        this.slot = slot;
        this.limits = limits;
        this.counters = counters;
        this.lastScope = new StateScope(pluginId, 0);
    }

    StateScope scope(Execution execution) {
        StateScope scope = lastScope;
        if (scope.tenantId() != execution.tenantId()) {
            scope = new StateScope(pluginId, execution.tenantId());
            lastScope = scope;
        }
        return scope;
    }

    <R> R read(HostCall host, ProviderCall<StateProvider, R, RuntimeException> call) throws HostCallException {
        return access(Access.READ, host, call);
    }

    <R> R write(HostCall host, ProviderCall<StateProvider, R, RuntimeException> call) throws HostCallException {
        return access(Access.WRITE, host, call);
    }

    /** Writes all entries or none. */
    void put(HostCall host, Map<String, String> entries) throws HostCallException {
        StateScope scope = scope(host.execution());
        StateQuota quota = limits.get().quota();
        try {
            slot.<Boolean, QuotaExceededException>call(Access.WRITE, host, provider -> {
                provider.putMany(scope, entries, quota);
                return true;
            });
        } catch (QuotaExceededException e) {
            throw quotaExceeded(e);
        } catch (ProviderUnavailableException e) {
            throw e.toHostCallException();
        } catch (ProviderFailedException e) {
            throw e.toHostCallException();
        }
    }

    private <R> R access(Access access, HostCall host, ProviderCall<StateProvider, R, RuntimeException> call)
            throws HostCallException {
        try {
            return slot.call(access, host, call);
        } catch (ProviderUnavailableException e) {
            throw e.toHostCallException();
        } catch (ProviderFailedException e) {
            throw e.toHostCallException();
        }
    }

    /** Contract D7. */
    private HostCallException quotaExceeded(QuotaExceededException e) {
        boolean keys = e.unit() == QuotaExceededException.Unit.KEYS;
        counters.reached(keys ? Limit.QUOTA_KEYS : Limit.QUOTA_BYTES);
        return HostCallException.typed(
                HostCallException.INVALID_REQUEST,
                "STATE_QUOTA_EXCEEDED",
                Map.of("limit", e.limit(), "unit", e.unit().word()),
                "State quota exceeded: at most " + e.limit() + " " + e.unit().word());
    }
}
