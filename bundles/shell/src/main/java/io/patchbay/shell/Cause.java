// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.shell.Finding.Weight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Something that is missing or wrong, and what is missing because of it: one finding in the end. Not thread-safe. */
final class Cause {
    /** Between the type of a service and what is asked of it. */
    static final String WITH = " with ";

    private final Finding finding;
    private final Set<String> lost = new TreeSet<>();
    private final Set<String> waiting = new TreeSet<>();
    private final Set<String> kinds = new TreeSet<>();

    /**
     * @param finding what is said of it by itself
     * @param lost the services that are not there because of it, by the name of their type
     */
    Cause(Finding finding, Collection<String> lost) {
        this.finding = finding;
        this.lost.addAll(lost);
    }

    /**
     * Whether it is because of this that a service is not there.
     *
     * @param service the name of its type, perhaps with {@value #WITH} and a filter behind it
     */
    boolean explains(String service) {
        return lost.contains(service) || lost.contains(service.split(WITH)[0]);
    }

    /** Whether it is because of this that no provider of a kind is there. */
    boolean explainsKind(String kind) {
        return lost.stream().anyMatch(service -> service.startsWith("io.patchbay.provider." + kind + "."));
    }

    /** A bundle, or one of its components, that waits for what this leaves away, and what it would offer. */
    void takesAway(String bundle, Collection<String> services) {
        waiting.add(bundle);
        lost.addAll(services);
    }

    /** A kind that nothing serves because of it. */
    void leavesUnserved(String kind) {
        kinds.add(kind);
    }

    Finding finding() {
        List<String> effects = new ArrayList<>();
        effects.add(finding.effect());
        if (!kinds.isEmpty()) {
            effects.add("nothing serves " + String.join(", ", kinds) + ", so plugins that use it get an error");
        }
        Weight weight = kinds.isEmpty() ? finding.weight() : Weight.HINDERS;
        // Who waits for what not everybody wants is in the effect already.
        if (!waiting.isEmpty() && weight != Weight.ADVICE) {
            effects.add("waiting for it: " + String.join(", ", waiting));
        }
        return new Finding(weight, finding.what(), String.join("; ", effects), finding.remedy());
    }
}
