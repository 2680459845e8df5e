// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Compares plugin versions {@code v?MAJOR.MINOR.PATCH(-pre)?}; the pre-release does not count (contract 5.1). */
final class VersionOrder implements Comparator<String> {
    @Override
    public int compare(String left, String right) {
        List<BigInteger> ours = numbers(left);
        List<BigInteger> theirs = numbers(right);
        for (int part = 0; part < Math.min(ours.size(), theirs.size()); part++) {
            int order = ours.get(part).compareTo(theirs.get(part));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(ours.size(), theirs.size());
    }

    private static List<BigInteger> numbers(String version) {
        String release = version.startsWith("v") ? version.substring(1) : version;
        int pre = release.indexOf('-');
        String core = pre < 0 ? release : release.substring(0, pre);
        return Arrays.stream(core.split("\\.", -1)).map(BigInteger::new).toList();
    }
}
