// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From one record of a plugin to the next, and what that means for who serves.
 *
 * @param before the record as it is
 * @param after the record as it is to be
 */
record Transition(PluginRecord before, PluginRecord after) {
    /**
     * Follows what a change asks for: the newest release serves as soon as every method that it requests is decided (DESIGN
     * 6).
     *
     * @param now ISO 8601 in UTC
     */
    static Transition of(PluginRecord before, PluginRecord asked, String now) {
        PluginRecord after = asked;
        if (asked.pending()
                && Consent.of(asked.newest().descriptor(), asked.decisions())
                        .undecided()
                        .isEmpty()) {
            after = asked.withServing(asked.newest());
        }
        return new Transition(before, beginning(before, after) ? since(after, now) : after);
    }

    private static boolean beginning(PluginRecord before, PluginRecord after) {
        return after.enabled()
                && after.serving().isPresent()
                && (!before.enabled() || !served(before).equals(served(after)));
    }

    private static PluginRecord since(PluginRecord after, String now) {
        ReleaseRecord serving = after.current().served(now);
        PluginRecord marked = after.withServing(serving);
        return marked.newest().digest().equals(serving.digest()) ? marked.withNewest(serving) : marked;
    }

    private static Optional<String> served(PluginRecord record) {
        return record.serving().map(ReleaseRecord::digest);
    }

    /** The release that another one takes the place of. */
    Optional<ReleaseRecord> replaced() {
        return served(before).equals(served(after)) ? Optional.empty() : before.serving();
    }

    /** What happens in the one durable step, one line each: what the change says of itself, then who serves by it. */
    List<String> lines(List<String> what) {
        List<String> lines = new ArrayList<>(what);
        if (!served(before).equals(served(after))) {
            lines.add((after.enabled() ? "serve " : "be ready to serve ")
                    + after.current().named()
                    + before.serving().map(old -> " in place of " + old.named()).orElse(""));
        } else if (after.pending() && after.activation() != Activation.DISABLED) {
            lines.add(after.newest().named() + " waits for a decision on "
                    + Consent.of(after.newest().descriptor(), after.decisions()).undecidedNames()
                    + after.serving()
                            .map(old -> "; " + old.named() + " keeps serving")
                            .orElse(""));
        }
        return lines;
    }
}
