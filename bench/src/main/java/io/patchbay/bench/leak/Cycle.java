// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.leak;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was found after our bundles had been there once.
 *
 * @param left what they left: a kind, a name, and what tells those of one name apart
 * @param heap live bytes, without the next
 * @param kept bytes that the framework itself kept of our bundles, this time
 * @param metaspace bytes in use
 * @param own bytes of that which are of the virtual machine's own classes
 * @param ownClasses how many those are
 * @param loaders class loaders of everybody
 */
record Cycle(List<String> left, long heap, long kept, long metaspace, long own, int ownClasses, int loaders) {
    /** What could be left, as the node says it. */
    static final List<String> KINDS = List.of("class-loader", "thread", "service", "bean", "file");

    /** How a line begins that ends what is said of one cycle. */
    static final String SAID = "cycle ";

    private static final String LEFT = "left ";

    Cycle {
        left = List.copyOf(left);
    }

    /**
     * Reads what the node said.
     *
     * @param before its lines since the cycle before
     * @param line its last
     */
    static Cycle of(List<String> before, String line) {
        String[] figures = line.split(" ");
        return new Cycle(
                before.stream()
                        .filter(said -> said.startsWith(LEFT))
                        .map(said -> said.substring(LEFT.length()))
                        .toList(),
                Long.parseLong(figures[1]),
                Long.parseLong(figures[2]),
                Long.parseLong(figures[3]),
                Long.parseLong(figures[4]),
                Integer.parseInt(figures[5]),
                Integer.parseInt(figures[6]));
    }

    /** How many of a kind, by name. */
    Map<String, Integer> left(String kind) {
        Map<String, Integer> found = new TreeMap<>();
        for (String one : left) {
            if (one.startsWith(kind + " ")) {
                found.merge(one.substring(kind.length() + 1).replaceFirst(" \\S+$", ""), 1, Integer::sum);
            }
        }
        return found;
    }
}
