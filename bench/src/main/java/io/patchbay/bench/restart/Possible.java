// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.restart;

import io.patchbay.bench.restart.Tally.Event;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a key may hold whose one writer counts up: the number of the last acknowledged write, or that of a later write whose
 * outcome nobody was told. For one thread.
 */
final class Possible {
    private final TreeSet<Long> numbers = new TreeSet<>();

    /** A key that is not there counts as 0. */
    Possible() {
        numbers.add(0L);
    }

    void acknowledged(long number) {
        numbers.clear();
        numbers.add(number);
    }

    void inDoubt(long number) {
        numbers.add(number);
    }

    /**
     * Judges what was read, and goes on from there.
     *
     * @return what is wrong with it, or empty
     */
    Optional<Event> read(long number) {
        Optional<Event> wrong = Optional.empty();
        if (!numbers.contains(number)) {
            wrong = Optional.of(number < numbers.first() ? Event.LOST : Event.PHANTOM);
        }
        acknowledged(number);
        return wrong;
    }

    @Override
    public String toString() {
        return numbers.toString();
    }
}
