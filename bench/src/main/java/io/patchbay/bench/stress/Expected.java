// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * What a key may hold: the number of the last acknowledged write, or that of a later write whose outcome nobody was told. Only
 * one caller writes it. For one thread.
 */
final class Expected {
    /** What copies that a plugin's data left behind are overwritten with: whoever reads it read from there. */
    static final long FOREIGN = 777_777_777_777L;

    private final TreeSet<Long> possible = new TreeSet<>();

    /** A key that is not there counts as 0. */
    Expected() {
        possible.add(0L);
    }

    void acknowledged(long number) {
        possible.clear();
        possible.add(number);
    }

    /** A write that was answered with an error: it was carried out or it was not. */
    void inDoubt(long number) {
        possible.add(number);
    }

    /** As {@link #inDoubt}, for a write that adds 1 to whatever is there. */
    void increaseInDoubt() {
        for (long number : possible.toArray(Long[]::new)) {
            possible.add(number + 1);
        }
    }

    /**
     * Judges what was read, and goes on from there.
     *
     * @param number empty when the key was not there
     * @return empty when it is right
     */
    Optional<Verdict> read(OptionalLong number) {
        long value = number.orElse(0);
        Optional<Verdict> verdict = verdict(number, value);
        acknowledged(value);
        return verdict;
    }

    private Optional<Verdict> verdict(OptionalLong number, long value) {
        if (possible.contains(value)) {
            return Optional.empty();
        }
        if (number.isEmpty() || value >= FOREIGN) {
            return Optional.of(Verdict.FOREIGN);
        }
        return Optional.of(value < possible.first() ? Verdict.LOST : Verdict.DUPLICATED);
    }

    @Override
    public String toString() {
        return possible.toString();
    }
}
