// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.swap;

import io.patchbay.bench.node.RuntimeCall;
import java.util.Locale;

/** The five kinds, each with a call that reaches its provider, and what the two providers answer. */
enum SwappedKind {
    LOG(RuntimeCall.log("swap"), "", ""),
    STATE(RuntimeCall.set("swap", "value"), "", ""),
    CLOCK(RuntimeCall.valid("info.now"), "1000", "2000"),
    UUID(RuntimeCall.valid("info.uuid"), "old-uuid", "spare-uuid"),
    NODE(RuntimeCall.valid("info.node"), "old-node", "spare-node");

    @SuppressWarnings("ImmutableEnumChecker") // a record of bytes that nobody writes to
    private final RuntimeCall call;

    private final String oldValue;
    private final String spareValue;

    SwappedKind(RuntimeCall call, String oldValue, String spareValue) {
        this.call = call;
        this.oldValue = oldValue;
        this.spareValue = spareValue;
    }

    String kind() {
        return name().toLowerCase(Locale.ROOT);
    }

    RuntimeCall call() {
        return call;
    }

    /** What the old provider answers; empty for a kind that answers nothing. */
    String oldValue() {
        return oldValue;
    }

    /** What the spare provider answers; empty for a kind that answers nothing. */
    String spareValue() {
        return spareValue;
    }

    /** Log lines are limited to 200 a second: whoever calls all the time counts refusals, not swaps. */
    boolean bearsLoad() {
        return this != LOG;
    }
}
