// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The deaths of servers, and who was inside: one call of each caller and death may answer status 4, if it was under way when
 * the server died and its plugin's data is there. Thread-safe.
 */
final class Deaths {
    private final Function<String, Store> placement;
    private final List<Death> deaths = new CopyOnWriteArrayList<>();

    /** @param placement where a plugin's data is */
    Deaths(Function<String, Store> placement) {
        this.placement = placement;
    }

    private static final class Death {
        private final Store store;
        private final long from;
        private final Set<String> excused = new HashSet<>();
        private volatile long to = Long.MAX_VALUE;

        Death(Store store, long from) {
            this.store = store;
            this.from = from;
        }

        boolean overlaps(long begin, long end) {
            return begin - to <= 0 && end - from >= 0;
        }

        synchronized boolean excuses(String caller) {
            return excused.add(caller);
        }
    }

    /** A way to kill. */
    @FunctionalInterface
    interface Kill {
        void run() throws Exception;
    }

    /** Kills the server of a store. */
    void die(Store store, Kill kill) throws Exception {
        Death death = new Death(store, System.nanoTime());
        deaths.add(death);
        try {
            kill.run();
        } finally {
            death.to = System.nanoTime();
        }
    }

    /** Whether a call that failed was inside a server when that died; at most once for each caller and death. */
    boolean excuses(String caller, String plugin, long begin, long end) {
        Store store = placement.apply(plugin);
        return deaths.stream()
                .anyMatch(death -> death.store == store && death.overlaps(begin, end) && death.excuses(caller));
    }

    long count() {
        return deaths.size();
    }
}
