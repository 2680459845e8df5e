// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How far a plugin's own limits may go on this node. A host-wide limit above its ceiling counts as the ceiling. Immutable.
 *
 * @param highest by limit; one that is missing cannot be raised, not null
 */
public record LimitCeilings(Map<LimitName, Long> highest) {
    /** Nothing goes beyond the host-wide limits. */
    public static final LimitCeilings NONE = new LimitCeilings(Map.of());

    /** Copies. */
    public LimitCeilings {
        Map<LimitName, Long> copy = new EnumMap<>(LimitName.class);
        copy.putAll(highest);
        highest = Collections.unmodifiableMap(copy);
    }

    long of(LimitName limit, long hostWide) {
        return Math.max(hostWide, highest.getOrDefault(limit, hostWide));
    }
}
