// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.arrivals;

import java.util.Random;

/** How an artifact lies in a directory; its name does not matter. */
enum Form {
    PACKED,
    ZIP,
    FOLDER;

    /** A form that can take the place of this one without removing it first. */
    Form another(Random random) {
        if (this == FOLDER) {
            return this;
        }
        return random.nextBoolean() ? PACKED : ZIP;
    }

    static Form any(Random random) {
        return values()[random.nextInt(values().length)];
    }
}
