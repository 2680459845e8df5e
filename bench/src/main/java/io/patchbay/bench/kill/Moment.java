// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import java.util.List;
import java.util.Locale;

/** Where in a move a node was killed. */
enum Moment {
    /** While everything was copied for the first time. */
    COPYING,
    /** While everything was compared once more. */
    COMPARING,
    /** While it copied again what was written meanwhile. */
    CATCHING_UP,
    /** While writes were held, up to the record of the new owner. */
    HOLDING,
    /** After the new owner was recorded, before the journal said so. */
    OWNER_CHANGED,
    /** After the journal said that the move is done. */
    DONE,
    /** Before the journal said that a move had begun, or before its first step. */
    BEGINNING;

    /** Those that are aimed at, in turn. */
    static final List<Moment> AIMS = List.of(COPYING, COMPARING, CATCHING_UP, HOLDING, OWNER_CHANGED, DONE);

    /**
     * Where a node really was: by what it left behind, and between two such marks by what it said last.
     *
     * @param left its registry
     * @param before the newest move when the command was given, with its phase
     * @param step the last step that it said, empty for none
     */
    static Moment of(RegistryCopy left, RegistryCopy before, String step) {
        if (!left.copying()) {
            boolean moved = left.phase().equals("MOVED") && !left.equals(before);
            return moved ? DONE : BEGINNING;
        }
        if (left.owner().equals(left.target())) {
            return OWNER_CHANGED;
        }
        return switch (step) {
            case "copying" -> COPYING;
            case "comparing" -> COMPARING;
            case "catching-up" -> CATCHING_UP;
            case "holding", "handing-over" -> HOLDING;
            default -> BEGINNING;
        };
    }

    /** The step, as the node says it, after which this moment may come. */
    String step() {
        return switch (this) {
            case OWNER_CHANGED -> "handing-over";
            case DONE, BEGINNING -> "";
            default -> word();
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
