// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import java.util.Objects;

/**
 * The answer to {@code why}.
 *
 * @param subject what was asked about: {@code service.method} or a kind, not null
 * @param verdict one line: what happens, not null
 * @param steps how it was decided, in order, the deciding one last, not null
 */
public record Explanation(String subject, String verdict, List<String> steps) {
    /** Checks the components and copies the list. */
    public Explanation {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(verdict, "verdict");
        steps = List.copyOf(steps);
    }
}
