// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

import java.util.Arrays;

/** Where the known sections of a scanned module lie, and how the canonical module is written from them. Not thread-safe. */
final class SectionLayout {
    static final int START = 8;
    static final int CODE = 10;
    static final int DATA_COUNT = 12;

    /** Section ids in the order of the format. */
    static final int[] ORDER = {1, 2, 3, 4, 5, 6, 7, START, 9, DATA_COUNT, CODE, 11};

    private static final byte[] HEADER = {0x00, 'a', 's', 'm', 1, 0, 0, 0};

    /** By section id: items from, items to, count. */
    private final int[] from = new int[13];

    private final int[] to = new int[13];
    private final int[] count = new int[13];
    private int[] bodyFrom = new int[0];
    private int[] bodyTo = new int[0];
    private int bodies;
    private int codeBytes;

    /** Notes a section; {@code items} items (or one number) lie in {@code [start, end)}. */
    void section(int id, int items, int start, int end) {
        count[id] = items;
        from[id] = start;
        to[id] = end;
    }

    void code(int announced, int sectionBytes) {
        bodyFrom = new int[announced];
        bodyTo = new int[announced];
        codeBytes = sectionBytes;
    }

    void body(int start, int end) {
        bodyFrom[bodies] = start;
        bodyTo[bodies] = end;
        bodies++;
    }

    int bodies() {
        return bodies;
    }

    int bodyBytes(int body) {
        return bodyTo[body] - bodyFrom[body];
    }

    int codeBytes() {
        return codeBytes;
    }

    byte[] canonical(byte[] module) {
        // shorter lengths and fewer sections: never longer than the module
        byte[] out = Arrays.copyOf(HEADER, module.length);
        int position = HEADER.length;
        for (int id : ORDER) {
            if (count[id] == 0) {
                continue;
            }
            out[position++] = (byte) id;
            if (id == CODE) {
                position = writeCode(module, out, position);
                continue;
            }
            boolean number = id == START || id == DATA_COUNT;
            int value = count[id] - (id == START ? 1 : 0);
            int itemBytes = number ? 0 : to[id] - from[id];
            position = uleb(out, position, ulebBytes(value) + itemBytes);
            position = uleb(out, position, value);
            System.arraycopy(module, from[id], out, position, itemBytes);
            position += itemBytes;
        }
        return Arrays.copyOf(out, position);
    }

    private int writeCode(byte[] module, byte[] out, int start) {
        int size = ulebBytes(bodies);
        for (int i = 0; i < bodies; i++) {
            size += ulebBytes(bodyBytes(i)) + bodyBytes(i);
        }
        int position = uleb(out, uleb(out, start, size), bodies);
        for (int i = 0; i < bodies; i++) {
            position = uleb(out, position, bodyBytes(i));
            System.arraycopy(module, bodyFrom[i], out, position, bodyBytes(i));
            position += bodyBytes(i);
        }
        return position;
    }

    private static int ulebBytes(int value) {
        return Math.max(1, (38 - Integer.numberOfLeadingZeros(value)) / 7);
    }

    private static int uleb(byte[] out, int start, int value) {
        int position = start;
        int rest = value;
        while (rest > 0x7f) {
            out[position++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out[position++] = (byte) rest;
        return position;
    }
}
