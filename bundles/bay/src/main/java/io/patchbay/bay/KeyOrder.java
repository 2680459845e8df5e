// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.Comparator;

/** The order of keys by their UTF-8 bytes, which is the order of their code points and not that of Java's chars. */
enum KeyOrder implements Comparator<String> {
    /** The order. */
    BY_UTF_8;

    private static final int SURROGATES = 0xD800;
    private static final int BEHIND_SURROGATES = 0xE000;

    @Override
    public int compare(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        for (int i = 0; i < shorter; i++) {
            char left = one.charAt(i);
            char right = other.charAt(i);
            if (left != right) {
                return Integer.compare(rank(left), rank(right));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** Half of a pair stands for a code point above all that one char can hold. */
    private static int rank(char unit) {
        return unit >= SURROGATES && unit < BEHIND_SURROGATES ? unit + Character.MAX_VALUE : unit;
    }
}
