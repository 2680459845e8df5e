// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.WriteLog;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which keys of one plugin were written since somebody last looked. Thread-safe. */
final class WriteMarks implements WriteLog {
    /** More than this, and looking at everything again is quicker. */
    private static final int MOST = 100_000;

    private Map<String, Set<String>> keys = new HashMap<>();
    private int size;
    private boolean everything;

    /**
     * What was written.
     *
     * @param keys by scope
     * @param everything whether anything else may have changed too
     */
    record Taken(Map<String, Set<String>> keys, boolean everything) {}

    @Override
    public synchronized void written(String scope, Collection<String> written) {
        if (everything) {
            return;
        }
        Set<String> ofScope = keys.computeIfAbsent(scope, name -> new HashSet<>());
        for (String key : written) {
            if (ofScope.add(key)) {
                size++;
            }
        }
        if (size > MOST) {
            everything();
        }
    }

    @Override
    public synchronized void everything() {
        everything = true;
        keys = new HashMap<>();
        size = 0;
    }

    /** Takes what there is; what is written from now on is for the next time. */
    synchronized Taken take() {
        Taken taken = new Taken(keys, everything);
        keys = new HashMap<>();
        size = 0;
        everything = false;
        return taken;
    }

    synchronized int size() {
        return everything ? Integer.MAX_VALUE : size;
    }
}
