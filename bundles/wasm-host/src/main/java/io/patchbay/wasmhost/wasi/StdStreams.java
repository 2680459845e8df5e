// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

/** Where the lines go that a guest prints (contract D10). Called on the guest's thread. */
@FunctionalInterface
public interface StdStreams {
    /** Drops every line: {@code log.write} is not granted. */
    StdStreams DISCARD = (stream, text, cutBytes) -> {};

    /** The stream that a line was printed on. */
    enum Stream {
        /** Standard output, logged as information. */
        OUT,
        /** Standard error, logged as a warning. */
        ERR
    }

    /**
     * Takes one line.
     *
     * @param stream where it was printed, not null
     * @param text the line without its line break, malformed UTF-8 replaced, at most 8,192 bytes long, not null
     * @param cutBytes how many bytes of the line are missing behind the text; 0 when it is whole
     */
    void line(Stream stream, String text, long cutBytes);
}
