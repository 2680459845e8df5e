// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.wire.LogRequest;

/** {@code log.write}: one entry. Whatever becomes of it, the guest is told success (contract D13, D21). */
final class LogWriteMethod implements HostMethod {
    private final PluginLog log;

    LogWriteMethod(PluginLog log) {
        this.log = log;
    }

    @Override
    public void call(HostCall call) throws HostCallException {
        log.write(call.execution(), decode(call.payload()));
    }

    private static LogRequest decode(FieldReader in) throws HostCallException {
        try {
            return LogRequest.decode(in);
        } catch (MalformedMessageException e) {
            throw Payloads.malformed(e);
        }
    }
}
