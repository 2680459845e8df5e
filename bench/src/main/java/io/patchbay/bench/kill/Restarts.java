// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import java.util.List;

/** Judges what a node finds after the one before it was killed, by what that one left behind. */
final class Restarts {
    private long coldLost;
    private long wrongOwners;
    private long servedByAnother;
    private long unfinished;
    private long silent;

    /** The first start, which nothing went before. */
    void judge(Found found) {
        if (found.cold() != MovingNode.COLD) {
            coldLost += MovingNode.COLD - found.cold();
            wrong("of " + MovingNode.COLD + " keys that nobody changes " + found.cold() + " are right");
        }
        if (!found.marked().equals(List.of(found.owner()))) {
            wrongOwners++;
            wrong("'" + found.owner() + "' serves, and a write is found in " + found.marked());
        }
    }

    /** A later start. */
    void judge(Found found, RegistryCopy left) {
        judge(found);
        if (left.owners().size() != 1) {
            wrongOwners++;
            wrong("the owners in the registry are " + left.owners());
        }
        if (!left.owner().equals(found.owner())) {
            servedByAnother++;
            wrong("'" + left.owner() + "' was the owner, '" + found.owner() + "' serves");
        }
        if (left.unfinished()) {
            unfinished++;
            if (!isSaid(found, left)) {
                silent++;
                wrong("a move was " + left + ", and the node says " + found);
            }
        }
    }

    /** What was under way is said to have been so; what stopped earlier is still said to be unfinished. */
    private static boolean isSaid(Found found, RegistryCopy left) {
        boolean moved = left.owner().equals(left.target());
        return found.move() == left.move()
                && found.phase().equals(moved ? "moved" : "interrupted")
                && (!left.copying() || found.detail().contains("when the node ended"));
    }

    private static void wrong(String text) {
        System.err.println("migrate-kill: " + text);
    }

    long coldLost() {
        return coldLost;
    }

    long wrongOwners() {
        return wrongOwners;
    }

    long servedByAnother() {
        return servedByAnother;
    }

    long unfinished() {
        return unfinished;
    }

    long silent() {
        return silent;
    }
}
