// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import java.util.Objects;

/**
 * One thing that the doctor found.
 *
 * @param weight how much it matters, not null
 * @param what what is missing or wrong, not null
 * @param effect what does not work because of it, not null
 * @param remedy what brings it: a bundle, a feature, a command to type, not null
 */
record Finding(Weight weight, String what, String effect, String remedy) {
    /** How much a finding matters; the gravest one makes the exit code. */
    enum Weight {
        /** All works, but not as well, or without something that not everybody wants. */
        ADVICE,
        /** A plugin waits for somebody's decision. */
        CONSENT,
        /** Something that somebody wants does not work. */
        HINDERS
    }

    Finding {
        Objects.requireNonNull(weight, "weight");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(remedy, "remedy");
    }
}
