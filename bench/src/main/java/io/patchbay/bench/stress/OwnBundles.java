// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import java.util.ArrayList;
import java.util.List;

/** Updates of the bundles of Patchbay itself that calls go through. */
final class OwnBundles {
    private static final List<String> NAMES = List.of("bay", "runtime", "wasmhost");

    private OwnBundles() {}

    /** So many updates, of each bundle in turn. */
    static List<Swap> updates(StressNode stress, int count) {
        List<Swap> swaps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = NAMES.get(i % NAMES.size());
            ManagedBundle bundle = stress.bundle("io.patchbay." + name);
            swaps.add(new Swap("own-update-" + name, bundle::update));
        }
        return swaps;
    }
}
