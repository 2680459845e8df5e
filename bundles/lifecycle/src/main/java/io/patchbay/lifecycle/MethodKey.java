// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.util.Comparator;

/** A method of a host service, as decisions name it. Sorted by service, then method. */
record MethodKey(String service, String method) implements Comparable<MethodKey> {
    private static final Comparator<MethodKey> ORDER =
            Comparator.comparing(MethodKey::service).thenComparing(MethodKey::method);

    /** The name that operators write. */
    String name() {
        return service + "." + method;
    }

    @Override
    public int compareTo(MethodKey other) {
        return ORDER.compare(this, other);
    }
}
