// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A recorded yes or no to one method (DESIGN 6).
 *
 * @param key the method
 * @param resources the resources that were asked for and are covered by it, sorted
 * @param granted yes or no
 * @param by who; the rule, when the policy decided
 * @param at when, ISO 8601 in UTC
 * @param digest the artifact that asked
 * @param byPolicy whether the policy file decided, and nobody else
 */
record Decision(
        MethodKey key, List<String> resources, boolean granted, String by, String at, String digest, boolean byPolicy) {
    Decision {
        resources = List.copyOf(new TreeSet<>(resources));
    }

    /** Whether everything asked for is covered; else it is something new. */
    boolean covers(List<String> requested) {
        return Set.copyOf(resources).containsAll(requested);
    }
}
