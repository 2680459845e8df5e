// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.artifact.assembler.StepGuest;

/** One caller's way to a plugin: makes its requests and judges those that fail. For one thread. */
final class Line {
    private final String caller;
    private final StepPlugin plugin;
    private final Verdicts verdicts;
    private final Deaths deaths;

    Line(String caller, StepPlugin plugin, Verdicts verdicts, Deaths deaths) {
        this.caller = caller;
        this.plugin = plugin;
        this.verdicts = verdicts;
        this.deaths = deaths;
    }

    String caller() {
        return caller;
    }

    StepPlugin.Answer call(StepGuest.Step... steps) {
        long begin = System.nanoTime();
        StepPlugin.Answer answer = plugin.call(steps);
        long end = System.nanoTime();
        verdicts.count(Verdict.CALL);
        verdicts.took(end - begin);
        if (!answer.ok()) {
            if (answer.isProviderFailure() && deaths.excuses(caller, plugin.id(), begin, end)) {
                verdicts.count(Verdict.IN_DOUBT);
            } else {
                verdicts.count(
                        Verdict.FAILED,
                        caller + " on " + plugin.id() + " after " + (end - begin) / 1_000_000 + " ms: "
                                + answer.error());
            }
        }
        return answer;
    }

    void acknowledged() {
        verdicts.count(Verdict.WRITE);
    }

    void judge(Verdict verdict, String detail) {
        verdicts.count(verdict, caller + " on " + plugin.id() + ": " + detail);
    }
}
