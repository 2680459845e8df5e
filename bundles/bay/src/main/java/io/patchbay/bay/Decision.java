// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.List;
import java.util.OptionalLong;

/**
 * Which provider serves, and why.
 *
 * @param serviceId the provider's service; empty when none may serve
 * @param outcome whether it is final
 * @param wish what the deciding binding wants; empty when nothing is bound
 * @param steps how it was decided, the deciding one last
 */
record Decision(OptionalLong serviceId, Outcome outcome, String wish, List<String> steps) {
    /** Whether the decision may change by itself. */
    enum Outcome {
        /** As it should be. */
        SETTLED,
        /** A bound provider of a free kind is away: after the grace the next one serves. */
        WAITS_FOR_BOUND,
        /** A bound provider of a free kind is away, and another one serves. */
        FELL_BACK,
        /** A binding wants another store than the one that holds the data. */
        PENDING_MOVE
    }

    Decision {
        steps = List.copyOf(steps);
    }

    /** The deciding step. */
    String reason() {
        return steps.get(steps.size() - 1);
    }
}
