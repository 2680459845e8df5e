// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Cuts what a guest prints on one stream into lines of bounded length; the rest of a longer line is counted. */
final class LineBuffer {
    /** The longest text of a line in bytes: the longest log message (DESIGN 4.1). */
    static final int MAX_LINE_BYTES = 8_192;

    private static final int INITIAL_BYTES = 256;
    private static final byte[] NOTHING = {};

    private final StdStreams.Stream stream;
    private byte[] line = NOTHING; // most executions print nothing
    private int length;
    private long cut;

    LineBuffer(StdStreams.Stream stream) {
        this.stream = stream;
    }

    void append(byte[] bytes, StdStreams sink) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, start, i - start);
                emit(sink);
                start = i + 1;
            }
        }
        keep(bytes, start, bytes.length - start);
    }

    /** Hands out a line that has no line break yet. */
    void flush(StdStreams sink) {
        if (length > 0 || cut > 0) {
            emit(sink);
        }
    }

    private void keep(byte[] bytes, int offset, int count) {
        int kept = Math.min(count, MAX_LINE_BYTES - length);
        if (length + kept > line.length) {
            int room = Math.max(INITIAL_BYTES, Math.max(length + kept, 2 * line.length));
            line = Arrays.copyOf(line, Math.min(MAX_LINE_BYTES, room));
        }
        System.arraycopy(bytes, offset, line, length, kept);
        length += kept;
        cut += count - kept;
    }

    private void emit(StdStreams sink) {
        int end = cut == 0 && length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        String text = new String(line, 0, end, StandardCharsets.UTF_8);
        long missing = cut;
        length = 0;
        cut = 0;
        sink.line(stream, text, missing);
    }
}
