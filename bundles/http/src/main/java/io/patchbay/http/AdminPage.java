// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

/** Something that is read at a path of its own beside the verbs, and changes nothing. Thread-safe. */
@FunctionalInterface
interface AdminPage {
    /** What is there now. */
    Content read();

    /**
     * A page as it is sent.
     *
     * @param text without a line feed at its end
     */
    record Content(int status, String contentType, String text) {
        static Content json(int status, String text) {
            return new Content(status, "application/json; charset=utf-8", text);
        }
    }
}
