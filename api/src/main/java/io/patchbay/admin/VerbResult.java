// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import java.util.Objects;

/**
 * What a verb answers, in two forms: every front shows one of them.
 *
 * @param exitCode 0; 1 when a plugin failed or answered 400 and more; of {@code doctor} also 3 when a plugin waits for consent
 *     and 5 when something hinders; refusals are exceptions
 * @param text for people, lines separated by line feeds, without one at the end, not null
 * @param json the same as one JSON object, not null
 * @param notes what an operator should know besides, one line each, not null
 */
public record VerbResult(int exitCode, String text, String json, List<String> notes) {
    /** Checks the components and copies the list. */
    public VerbResult {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(json, "json");
        notes = List.copyOf(notes);
    }

    /**
     * The answer of a verb that did what was asked.
     *
     * @param text for people, not null
     * @param json one JSON object, not null
     * @return with exit code 0 and no notes, never null
     */
    public static VerbResult done(String text, String json) {
        return new VerbResult(0, text, json, List.of());
    }
}
