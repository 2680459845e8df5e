// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import java.util.List;

/** What can happen to a provider's bundle. */
final class BundleSwaps {
    /** The ways, as they are counted. */
    static final List<String> WAYS = List.of("update", "restart", "reinstall", "refresh");

    private BundleSwaps() {}

    static Swap swap(String kind, String way, ManagedBundle bundle) {
        return new Swap(
                kind + "-bundle-" + way,
                switch (way) {
                    case "update" -> bundle::update;
                    case "restart" -> bundle::restart;
                    case "reinstall" -> bundle::reinstall;
                    case "refresh" -> bundle::refresh;
                    default -> throw new IllegalArgumentException(way);
                });
    }
}
