// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench;

import java.nio.file.Path;

/**
 * How to run.
 *
 * @param shortForm whether counts are enough: correctness with few repetitions, within 5 s where that is possible
 * @param seed the seed of everything random, so that a failure can be had again
 * @param root the root of the checkout
 * @param scratch an empty folder of this run's own, removed after it
 */
public record RunOptions(boolean shortForm, long seed, Path root, Path scratch) {
    /** The number of repetitions: {@code few} in the short form, else {@code many}. */
    public int repetitions(int few, int many) {
        return shortForm ? few : many;
    }
}
