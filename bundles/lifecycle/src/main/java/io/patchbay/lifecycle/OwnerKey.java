// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.util.Comparator;

/** Whose data of which sticky kind. Sorted by kind, then plugin. */
record OwnerKey(String kind, String pluginId) implements Comparable<OwnerKey> {
    private static final Comparator<OwnerKey> ORDER =
            Comparator.comparing(OwnerKey::kind).thenComparing(OwnerKey::pluginId);

    @Override
    public int compareTo(OwnerKey other) {
        return ORDER.compare(this, other);
    }
}
