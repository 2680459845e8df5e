// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.life;

import java.util.ArrayList;
import java.util.List;

/**
 * Which release served after which, as the operator who brought it about knows it; a release is there as soon as it may answer.
 * Thread-safe.
 */
final class ServingOrder {
    private final List<String> marks = new ArrayList<>();
    private int certain;

    /** @param first the mark of the release that serves from the beginning */
    ServingOrder(String first) {
        marks.add(first);
    }

    /** From here on this one may answer as well as the one before. */
    synchronized void comes(String mark) {
        marks.add(mark);
    }

    /** From here on only the one that came answers. */
    synchronized void serves() {
        certain = marks.size() - 1;
    }

    /** The one that came does not answer after all, nor has it. */
    synchronized void failed() {
        marks.remove(marks.size() - 1);
    }

    /** The mark of the release that serves for certain. */
    synchronized String now() {
        return marks.get(certain);
    }

    /** What is certain to serve now: the first that may answer a request that is sent from here on. */
    synchronized int from() {
        return certain;
    }

    /** Whether a request that was sent then may be answered with this mark now. */
    synchronized boolean mayAnswer(int from, String mark) {
        return marks.subList(from, marks.size()).contains(mark);
    }
}
