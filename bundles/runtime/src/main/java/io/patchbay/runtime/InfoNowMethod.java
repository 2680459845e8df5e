// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.ProviderFailedException;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.provider.Access;
import io.patchbay.provider.clock.ClockProvider;

/** {@code info.now}: milliseconds since the epoch as decimal text (contract 4.3). The payload is ignored. */
final class InfoNowMethod implements HostMethod {
    private final PluginSlot<ClockProvider> clock;

    InfoNowMethod(PluginSlot<ClockProvider> clock) {
        this.clock = clock;
    }

    @Override
    public void call(HostCall call) throws HostCallException {
        try {
            long now = clock.call(Access.READ, call, ClockProvider::epochMillis);
            call.response().decimal(1, now);
        } catch (ProviderUnavailableException e) {
            throw e.toHostCallException();
        } catch (ProviderFailedException e) {
            throw e.toHostCallException();
        }
    }
}
