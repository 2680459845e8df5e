// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

/** Where a verb writes before it has its answer: what comes, such as {@code logs --follow}, or how far it is. Called by one thread. */
@FunctionalInterface
public interface VerbStream {
    /** For a front that shows results only when they are complete. */
    VerbStream NONE = (text, json) -> false;

    /**
     * Takes one more item. Both forms are empty when nothing came for a while: a front may use that to see whether its
     * reader is still there.
     *
     * @param text one line for people, not null
     * @param json the same as one JSON object in one line, not null
     * @return false when nobody reads any more; the verb ends then
     */
    boolean write(String text, String json);

    /**
     * Takes how far a verb is that takes its time. Not a part of the answer: a front shows it beside. What was begun goes
     * on when nobody reads any more.
     *
     * @param text one line for people, not null
     * @param json the same as one JSON object in one line, not null
     */
    default void progress(String text, String json) {}
}
