// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was acknowledged to a plugin, kept outside the node, and what of it a later node did not find. */
final class Acknowledged {
    private final Map<String, Long> newest = new HashMap<>();
    private long acknowledged;
    private long lost;
    private long refused;

    /** Takes the lines of a node in order: first what it found, then what it wrote. */
    void take(List<String> lines) {
        Map<String, Long> found = new HashMap<>();
        for (String line : lines) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "state" -> found.put(words[1], Long.valueOf(words[2]));
                case "ready" -> compare(found);
                case "ack" -> {
                    newest.put(words[1], Long.valueOf(words[2]));
                    acknowledged++;
                }
                case "refused", "broken" -> refused++;
                default -> {} // said of something else
            }
        }
    }

    /** Each key holds the value that was acknowledged last, or one that was on its way when the node was killed. */
    private void compare(Map<String, Long> found) {
        newest.forEach((key, value) -> {
            long stored = found.getOrDefault(key, -1L);
            if (stored < value) {
                lost++;
                System.err.println(key + " was acknowledged as " + value + ", and " + stored + " is stored");
            }
        });
    }

    long acknowledged() {
        return acknowledged;
    }

    long lost() {
        return lost;
    }

    long refused() {
        return refused;
    }
}
