// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.nodes;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which write a writer makes at which turn: known to the node that writes and to the one that checks.
 *
 * @param node the number of its node
 * @param writer its number in the node
 */
record Plan(int node, int writer) {
    /** Tenants that share the work, writer by writer; each is a scope of its own. */
    static final int TENANTS = 4;

    /** The pair of keys that the writers of one tenant, on both nodes, write in one step. */
    static final String LEFT = "pair-left";

    static final String RIGHT = "pair-right";

    private static final int CYCLE = 50;
    private static final int OWN_EVERY = 10;

    /** What a turn does. */
    enum What {
        /** Writes a key that was never written. */
        NEW,
        /** Writes the writer's own key again. */
        OWN,
        /** Writes the pair. */
        PAIR
    }

    int tenant() {
        return writer % TENANTS;
    }

    String name() {
        return "n" + node + "w" + writer;
    }

    static What at(long turn) {
        if (turn % CYCLE == 0) {
            return What.PAIR;
        }
        return turn % OWN_EVERY == 0 ? What.OWN : What.NEW;
    }

    /** The key that a turn writes for the first and last time; its value is the turn. */
    String newKey(long turn) {
        return name() + "-" + turn;
    }

    String ownKey() {
        return name() + "-own";
    }

    /** What the pair holds after a turn of this writer. */
    String pairValue(long turn) {
        return name() + ":" + turn;
    }

    /** The last turn of a kind among the first turns; empty when there is none. */
    static OptionalLong last(What what, long turns) {
        for (long turn = turns - 1; turn >= 0 && turn >= turns - CYCLE; turn--) {
            if (at(turn) == what) {
                return OptionalLong.of(turn);
            }
        }
        return OptionalLong.empty();
    }

    /** Who wrote what the pair holds, and at which turn; empty when nobody could have. */
    static Optional<Written> written(String pairValue) {
        String[] parts = pairValue.split(":", 2);
        if (parts.length != 2 || !parts[1].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new Written(parts[0], Long.parseLong(parts[1])));
    }

    /**
     * A write of the pair.
     *
     * @param writer its name
     * @param turn its turn
     */
    record Written(String writer, long turn) {}
}
