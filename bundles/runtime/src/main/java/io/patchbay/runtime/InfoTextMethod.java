// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.ProviderCall;
import io.patchbay.hostservice.ProviderFailedException;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.provider.Access;

/**
 * {@code info.uuid} and {@code info.node}: one text of a provider, trimmed (contract 2.5). The payload is ignored.
 *
 * @param <T> the SPI
 */
final class InfoTextMethod<T> implements HostMethod {
    private final PluginSlot<T> slot;
    private final ProviderCall<T, String, RuntimeException> question;

    InfoTextMethod(PluginSlot<T> slot, ProviderCall<T, String, RuntimeException> question) {
        this.slot = slot;
        this.question = question;
    }

    @Override
    public void call(HostCall call) throws HostCallException {
        try {
            String text = slot.call(Access.READ, call, question);
            call.response().trimmed(1, text);
        } catch (ProviderUnavailableException e) {
            throw e.toHostCallException();
        } catch (ProviderFailedException e) {
            throw e.toHostCallException();
        }
    }
}
