// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import java.util.Locale;

/** Amounts as people read them. */
final class Quantity {
    private static final double KIB = 1_024;
    private static final double MIB = KIB * KIB;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;

    private Quantity() {}

    static String bytes(long bytes) {
        if (bytes < KIB) {
            return count(bytes, "byte");
        }
        return bytes < MIB
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / KIB)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
    }

    static String millis(long millis) {
        if (millis < SECOND) {
            return millis + " ms";
        }
        return millis < MINUTE
                ? String.format(Locale.ROOT, "%.1f s", millis / (double) SECOND)
                : millis / MINUTE + " min " + millis % MINUTE / SECOND + " s";
    }

    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
