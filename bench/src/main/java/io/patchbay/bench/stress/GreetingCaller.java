// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.artifact.assembler.StepGuest.Kind;
import io.patchbay.artifact.assembler.StepGuest.Step;
import io.patchbay.bench.node.RuntimeCall;

/** Calls a stranger's host service, which has a kind of provider of its own. */
final class GreetingCaller implements Caller {
    private final Line line;
    private final Step greet = new Step(Kind.CALL, RuntimeCall.of("greeting", "greet"));

    GreetingCaller(Line line) {
        this.line = line;
    }

    @Override
    public String name() {
        return line.caller();
    }

    @Override
    public void turn() {
        line.call(greet);
    }

    @Override
    public void check() {
        line.call(greet);
    }
}
