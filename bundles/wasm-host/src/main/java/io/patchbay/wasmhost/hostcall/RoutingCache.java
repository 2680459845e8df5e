// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import io.patchbay.wire.RequestEnvelope;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last routings of one instance: the bytes of a request in front of its payload, and the granted method that
 * they led to after every check. The same bytes lead to the same method as long as the grants are the same.
 */
final class RoutingCache {
    /** Longer routings are not worth remembering, and a guest must not fill the host's memory with them. */
    static final int MAX_ROUTING_BYTES = 256;

    private static final int LINES = 4;

    private final @Nullable Line[] lines = new @Nullable Line[LINES];

    /** A routing and where it leads. */
    @SuppressWarnings("ArrayRecordComponent") // bytes of a request; nothing compares lines
    record Line(byte[] routing, GrantedMethod granted, String resourceRef) {
        boolean starts(byte[] request, int length) {
            return length >= routing.length && Arrays.equals(routing, 0, routing.length, request, 0, routing.length);
        }
    }

    /** Finds the routing of a request, and decodes what follows it as its payload; null when it is not remembered. */
    @Nullable
    Line find(byte[] request, int length, RequestEnvelope envelope) {
        for (int i = 0; i < LINES; i++) {
            Line line = lines[i];
            if (line == null) {
                return null;
            }
            int routing = line.routing().length;
            if (line.starts(request, length) && envelope.decodePayload(request, routing, length - routing)) {
                if (i > 0) {
                    System.arraycopy(lines, 0, lines, 1, i);
                    lines[0] = line;
                }
                return line;
            }
        }
        return null;
    }

    void learn(Line line) {
        System.arraycopy(lines, 0, lines, 1, LINES - 1);
        lines[0] = line;
    }

    void clear() {
        Arrays.fill(lines, null);
    }
}
