// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what has stayed the same, or away, for long enough. Used by one thread. */
final class Settling<S> {
    private final long settleNanos;
    private final Map<String, Seen<S>> seen = new HashMap<>();

    Settling(Duration settle) {
        this.settleNanos = settle.toNanos();
    }

    private record Seen<S>(Optional<S> state, long sinceNanos) {}

    /**
     * Takes note of what is there now.
     *
     * @param found what is there, by name
     * @param expected names that are looked for besides
     */
    void observe(Map<String, S> found, Set<String> expected, long nowNanos) {
        found.forEach((name, state) -> observe(name, Optional.of(state), nowNanos));
        for (String name : expected) {
            if (!found.containsKey(name)) {
                observe(name, Optional.empty(), nowNanos);
            }
        }
        seen.keySet().removeIf(name -> !found.containsKey(name) && !expected.contains(name));
    }

    private void observe(String name, Optional<S> state, long nowNanos) {
        Seen<S> before = seen.get(name);
        if (before == null || !before.state().equals(state)) {
            seen.put(name, new Seen<>(state, nowNanos));
        }
    }

    /** Whether a name was the same at each observation for the whole time. */
    boolean isSettled(String name, long nowNanos) {
        Seen<S> last = seen.get(name);
        return last != null && nowNanos - last.sinceNanos() >= settleNanos;
    }
}
