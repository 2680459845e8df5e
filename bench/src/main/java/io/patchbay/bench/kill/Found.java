// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link MovingNode} says before it is ready.
 *
 * @param cold keys that nobody changes and that are right
 * @param owner who serves
 * @param marked the stores in which a write that was made just now is found
 * @param move the number of the newest move, 0 for none
 * @param phase its phase
 * @param detail what is said of it
 */
record Found(int cold, String owner, List<String> marked, long move, String phase, String detail) {
    static Found in(List<String> lines) {
        Map<String, String> last = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split(" ", 2);
            last.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        String[] move = last.getOrDefault("move", "0  ").split(" ", 3);
        return new Found(
                Integer.parseInt(last.getOrDefault("cold", "0")),
                last.getOrDefault("owner", ""),
                List.of(last.getOrDefault("marker", "").split(" ")),
                Long.parseLong(move[0]),
                move[1],
                move.length > 2 ? move[2] : "");
    }
}
