// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

/** Where a verb that goes on writes what comes, such as {@code logs --follow}. Called by one thread. */
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
}
