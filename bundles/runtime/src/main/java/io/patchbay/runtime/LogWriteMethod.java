// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.wire.LogRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code log.write}: one entry. Whatever becomes of it, the guest is told success (contract D13, D21). */
final class LogWriteMethod implements HostMethod {
    /** What is kept of a request's fields before the first 32 by name are chosen: a hostile request costs little memory. */
    private static final int MAX_READ = 1_000;

    private final PluginLog log;

    LogWriteMethod(PluginLog log) {
        this.log = log;
    }

    @Override
    public void call(HostCall call) throws HostCallException {
        FieldReader in = call.payload();
        int level = 0;
        String message = "";
        Map<String, String> fields = new LinkedHashMap<>();
        Map<String, String> beyond = new HashMap<>();
        int dropped = 0;
        try {
            for (int field; (field = in.nextField("failed to decode host call log request tag")) != 0; ) {
                switch (field) {
                    case 1 -> level = in.readInt32("failed to decode host call log level");
                    case 2 -> message = in.readString("failed to decode host call log message");
                    case 3 -> {
                        boolean kept = fields.size() < MAX_READ;
                        in.readEntry(kept ? fields : beyond, "failed to decode host call log fields");
                        dropped += beyond.size();
                        beyond.clear();
                    }
                    default -> in.skip("failed to skip unknown host call log field");
                }
            }
        } catch (MalformedMessageException e) {
            throw Payloads.malformed(e);
        }
        log.write(call, new LogRequest(level, message, fields), dropped);
    }
}
