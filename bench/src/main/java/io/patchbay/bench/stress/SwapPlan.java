// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Which swaps happen how often, in an order that the seed gives. */
final class SwapPlan {
    private final List<Swap> swaps = new ArrayList<>();
    private final boolean shortForm;

    SwapPlan(boolean shortForm) {
        this.shortForm = shortForm;
    }

    /** Server death 20, updates of our own bundles 50, and 930 others. */
    void state(StateSwaps state, List<Swap> ownUpdates) {
        swaps.addAll(ownUpdates);
        add(2, 20, state::death);
        add(3, 90, state::bind);
        add(2, 50, state::bindDefault);
        add(1, 40, state::unbind);
        add(4, 100, state::copy);
        add(1, 30, state::copyDefault);
        for (String way : BundleSwaps.WAYS) {
            add(3, 100, () -> state.bundle(way));
        }
        add(3, 100, state::configure);
        add(1, 60, state::intruder);
        add(2, 60, state::better);
    }

    /** Updates of our own bundles 50, and 950 others. */
    void log(LogSwaps log, List<Swap> ownUpdates) {
        swaps.addAll(ownUpdates);
        add(4, 150, log::bind);
        add(1, 50, log::bindDefault);
        add(1, 50, log::unbind);
        for (String way : BundleSwaps.WAYS) {
            add(3, 125, () -> log.bundle(way));
        }
        add(3, 125, log::configure);
        add(1, 75, log::better);
    }

    void greeting(GreetingSwaps greeting) {
        add(2, 30, greeting::bind);
        for (String way : BundleSwaps.WAYS) {
            add(1, 25, () -> greeting.bundle(way));
        }
        add(1, 25, greeting::configure);
        add(1, 25, greeting::better);
        add(1, 20, greeting::hostService);
    }

    private void add(int few, int many, Supplier<Swap> swap) {
        for (int i = 0; i < (shortForm ? few : many); i++) {
            swaps.add(swap.get());
        }
    }

    /** All of them, shuffled. */
    List<Swap> shuffled(long seed) {
        Collections.shuffle(swaps, new Random(seed));
        return List.copyOf(swaps);
    }
}
