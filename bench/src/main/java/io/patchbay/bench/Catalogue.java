// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench;

import io.patchbay.bench.plan.Plan;
import java.util.List;

/** All named runs, in the order in which {@code --list} shows them. */
final class Catalogue {
    private Catalogue() {}

    static List<NamedRun> all() {
        return List.of(new Plan());
    }
}
